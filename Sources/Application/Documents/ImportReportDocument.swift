import PortfolioModel

/// `import --json`: what a file says row by row, and what became of it.
struct ImportReportDocument: Document {
    static let schemaName = "tributary.import/1"

    enum Outcome: String, Codable, Sendable, CaseIterable {
        /// Nothing was written: `--dry-run`.
        case previewed
        case imported
        /// The same bytes were imported before; nothing changed.
        case alreadyImported
        /// Nothing of the file was taken.
        case refused
    }

    struct Row: Codable, Sendable, Equatable {
        /// First and last physical line, from 1.
        var lines: [Int]
        /// `new`, `changed`, `unchanged`, `duplicate`, `refused`, `ignored`.
        var outcome: String
        @ExplicitNull var reason: String?
        @ExplicitNull var account: AccountReference?
        @ExplicitNull var field: String?
        @ExplicitNull var symbol: String?
        @ExplicitNull var quantity: FixedDecimal?
        /// Quantity held before, where the row changes one.
        @ExplicitNull var held: FixedDecimal?
    }

    /// A position held that the file no longer lists: importing closes it.
    struct ClosingItem: Codable, Sendable, Equatable {
        var account: AccountReference
        var symbol: String
        var quantity: FixedDecimal
    }

    /// Cash held that the file no longer states: importing takes it away.
    struct ClosingCash: Codable, Sendable, Equatable {
        var account: AccountReference
        var cash: MoneyDocument
    }

    struct WarningItem: Codable, Sendable, Equatable {
        var line: Int
        var text: String
    }

    struct Counts: Codable, Sendable, Equatable {
        var new = 0
        var changed = 0
        var unchanged = 0
        var duplicate = 0
        var refused = 0
        var ignored = 0
    }

    var schema = schemaName
    var sequence: UInt64
    var broker: String
    var outcome: Outcome
    /// Last path component only.
    var file: String
    var sha256: String
    var layout: String
    var asOf: Timestamp
    /// Where the as-of was found: `footer`, `fileName`, `option`.
    var asOfSource: String
    /// Physical lines of the file; the rows' spans add up to it.
    var lines: Int
    var rows: [Row]
    var closing: [ClosingItem]
    var closingCash: [ClosingCash]
    var warnings: [WarningItem]
    var counts: Counts
    /// Why the import would be refused. Null when nothing stands against the file; only a preview has one, since an
    /// import ends with the error.
    @ExplicitNull var refusal: ErrorDocument.Item? = nil
}
