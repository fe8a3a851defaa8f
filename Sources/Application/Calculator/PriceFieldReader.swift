import Pricing

/// Reads the calculator's fields, each with an error that names it.
struct PriceFieldReader {
    private let fields: [PriceColumn: String]
    private let exit: ExitStatus

    /// `exit` is what a wrong field ends the command with.
    init(_ fields: [PriceColumn: String], exit: ExitStatus) {
        self.fields = fields
        self.exit = exit
    }

    func isGiven(_ column: PriceColumn) -> Bool { !(fields[column] ?? "").isEmpty }

    func bad(_ column: PriceColumn, _ message: String, _ fix: String) -> CommandError {
        CommandError("bad-value", message, field: column.rawValue, fix: fix, exit: exit)
    }

    /// A finite number with a decimal point; `default` where the field is empty.
    func number(_ column: PriceColumn, default fallback: Double? = nil) throws(CommandError) -> Double {
        let text = fields[column] ?? ""
        if text.isEmpty, let fallback { return fallback }
        guard !text.isEmpty else { throw bad(column, "\(column.rawValue) is missing", "give a number") }
        guard let value = Self.number(text) else {
            throw bad(column, "\"\(text)\" is not a number", "write digits with a point, such as 0.05")
        }
        return value
    }

    /// One of a type's values by its name.
    func choice<T: RawRepresentable & CaseIterable>(
        _ column: PriceColumn, default fallback: T? = nil
    ) throws(CommandError) -> T where T.RawValue == String {
        let text = fields[column] ?? ""
        if text.isEmpty, let fallback { return fallback }
        guard let value = T(rawValue: text) else {
            let message = text.isEmpty ? "\(column.rawValue) is missing" : "\"\(text)\" is not known"
            throw bad(column, message, "one of: \(T.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// `years:amount;years:amount`, in years from now: a dividend that has been paid is in the spot already.
    func dividends() throws(CommandError) -> [CashDividend] {
        var found: [CashDividend] = []
        for pair in (fields[.dividends] ?? "").split(separator: ";") {
            let parts = pair.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let years = Self.number(parts[0]), let amount = Self.number(parts[1]), amount >= 0
            else {
                throw bad(
                    .dividends, "\"\(pair)\" is not a dividend", "write years:amount;years:amount, such as 0.1:0.62")
            }
            guard years >= 0 else {
                throw bad(
                    .dividends, "the dividend \"\(pair)\" is of the past",
                    "leave it out: years count from now, and the spot has it already")
            }
            found.append(CashDividend(years: years, amount: amount))
        }
        return found
    }

    /// Swift reads words such as `nan` and hexadecimal digits as numbers too; a person who types them errs.
    private static func number(_ text: some StringProtocol) -> Double? {
        let isPlain = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isPlain, let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
