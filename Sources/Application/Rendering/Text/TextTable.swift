/// Rows under headings, aligned for a screen or separated by tabs.
struct TextTable: Sendable, Equatable {
    struct Column: Sendable, Equatable {
        enum Alignment: Sendable { case left, right }

        var title: String
        var alignment: Alignment
        /// 0 always stays; where the screen is too narrow the highest rank goes first.
        var rank: Int

        static func left(_ title: String, rank: Int = 0) -> Column {
            Column(title: title, alignment: .left, rank: rank)
        }

        static func right(_ title: String, rank: Int = 0) -> Column {
            Column(title: title, alignment: .right, rank: rank)
        }
    }

    private static let gap = "  "

    var columns: [Column]
    var rows: [[Cell]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// A row has one cell a column; short rows are filled up with blanks.
    mutating func add(_ cells: [Cell]) {
        let missing = max(0, columns.count - cells.count)
        rows.append(Array(cells.prefix(columns.count)) + Array(repeating: Cell(""), count: missing))
    }

    /// Reasons of the unknown figures, each once, in order.
    var notes: [String] {
        var seen: Set<String> = []
        return rows.flatMap { $0 }.compactMap(\.note).filter { seen.insert($0).inserted }
    }

    /// Heading and rows without trailing blanks. `width` nil is as wide as it gets; `limit` rows at most, and then a
    /// line that says how many more there are.
    func lines(width: Int?, limit: Int? = nil, palette: Palette) -> [String] {
        let shown = limit.map { rows.count > $0 ? Array(rows.prefix(max(0, $0 - 1))) : rows } ?? rows
        let widths = columns.indices.map { index in
            rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
        }
        let places = fitting(widths, width)
        var lines = [line(columns.map { Cell($0.title, .heading) }, places, widths, palette)]
        lines += shown.map { line($0, places, widths, palette) }
        if shown.count < rows.count { lines.append(palette.paint("… and \(rows.count - shown.count) more", .dim)) }
        return lines.map { line in width.map { TextWidth.clip(line, to: $0) } ?? line }
    }

    /// For programs that read columns: all of them, no colour, blanks in place of tabs and line ends.
    func tabSeparated() -> [String] {
        let all = [columns.map(\.title)] + rows.map { $0.map(\.text) }
        return all.map { row in
            row.map { $0.map { $0 == "\t" || $0.isNewline ? " " : String($0) }.joined() }.joined(separator: "\t")
        }
    }

    private func fitting(_ widths: [Int], _ width: Int?) -> [Int] {
        var places = Array(columns.indices)
        guard let width else { return places }
        func total() -> Int { places.reduce(0) { $0 + widths[$1] } + Self.gap.count * max(0, places.count - 1) }
        while total() > width,
            let worst = places.last(where: { place in
                columns[place].rank > 0 && !places.contains { columns[$0].rank > columns[place].rank }
            })
        {
            places.removeAll { $0 == worst }
        }
        return places
    }

    private func line(_ cells: [Cell], _ places: [Int], _ widths: [Int], _ palette: Palette) -> String {
        var text = ""
        var pending = ""
        for place in places {
            let cell = cells[place]
            let padding = String(repeating: " ", count: widths[place] - TextWidth.of(cell.text))
            let isRight = columns[place].alignment == .right
            if isRight { pending += padding }
            if !cell.text.isEmpty {
                text += pending + palette.paint(cell.text, cell.style)
                pending = ""
            }
            if !isRight { pending += padding }
            pending += Self.gap
        }
        return text
    }
}
