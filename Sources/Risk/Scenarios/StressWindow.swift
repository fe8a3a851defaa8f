package import PortfolioModel

/// A stretch of market history that a book is put through, from the close of its first day to the close of its last.
package struct StressWindow: Sendable, Hashable {
    /// Lower-case words joined by dashes.
    package let name: String
    package let first: CalendarDate
    package let last: CalendarDate
    /// Approximate move of the S&P 500 as a fraction; nil where no figure is at hand.
    package let indexMove: Double?
    /// Approximate change of the VIX in points.
    package let volatilityPoints: Double?
    /// What it was, for a person.
    package let text: String

    package init(
        name: String, first: CalendarDate, last: CalendarDate, indexMove: Double? = nil,
        volatilityPoints: Double? = nil, text: String = ""
    ) {
        self.name = name
        self.first = first
        self.last = last
        self.indexMove = indexMove
        self.volatilityPoints = volatilityPoints
        self.text = text
    }

    /// Those built into the program, by first day.
    package static let standard: [StressWindow] = {
        let text = String(decoding: PackageResources.stress_windows_txt, as: UTF8.self)
        do { return try parse(text) } catch {
            // Safety: the data is compiled in and read by a test; a build with broken data cannot be released.
            preconditionFailure("built-in stress windows: \(error)")
        }
    }()

    /// Reads windows, one a line: `NAME; FIRST DAY; LAST DAY; INDEX MOVE IN %; VOLATILITY POINTS; TEXT`, `-` for a move
    /// that is not known; `#` starts a comment line. Throws `StressWindowError` with the line, the field and the fix.
    package static func parse(_ text: String) throws(StressWindowError) -> [StressWindow] {
        var windows: [StressWindow] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            let window = try StressWindow(line: String(line), number: index + 1)
            if windows.contains(where: { $0.name == window.name }) {
                throw StressWindowError(
                    line: index + 1, field: "name", text: "\(window.name) is there twice: rename one")
            }
            windows.append(window)
        }
        return windows
    }

    private init(line: String, number: Int) throws(StressWindowError) {
        func bad(_ field: String, _ text: String) -> StressWindowError {
            StressWindowError(line: number, field: field, text: text)
        }
        let fields = line.split(separator: ";", maxSplits: 5, omittingEmptySubsequences: false).map(\.trimmed)
        guard fields.count == 6 else { throw bad("line", "has \(fields.count) fields: write six, with ; between them") }
        guard !fields[0].isEmpty else { throw bad("name", "is empty: give the window a name") }
        func date(_ place: Int, _ field: String) throws(StressWindowError) -> CalendarDate {
            guard let date = CalendarDate(fields[place]) else {
                throw bad(field, "\(fields[place]) is no date: write YYYY-MM-DD")
            }
            return date
        }
        func figure(_ place: Int, _ field: String) throws(StressWindowError) -> Double? {
            if fields[place] == "-" { return nil }
            guard let value = Double(fields[place]), value.isFinite else {
                throw bad(field, "\(fields[place]) is no number: write one, or - where it is not known")
            }
            return value
        }
        name = String(fields[0])
        first = try date(1, "first day")
        last = try date(2, "last day")
        guard first < last else { throw bad("last day", "is not after the first: exchange them") }
        indexMove = try figure(3, "index move").map { $0 / 100 }
        guard indexMove.map({ $0 > -1 }) ?? true else { throw bad("index move", "is -100 % or less: check it") }
        volatilityPoints = try figure(4, "volatility points")
        self.text = String(fields[5])
    }
}

/// A file of stress windows could not be read; `line` counts from 1.
package struct StressWindowError: Error, Sendable, Equatable {
    package var line: Int
    package var field: String
    /// What is wrong and what to write instead.
    package var text: String
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
