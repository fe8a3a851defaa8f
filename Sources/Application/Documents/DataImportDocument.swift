import PortfolioModel

/// What became of a file of market data: `fx import --json`, `prices import --json`.
struct DataImportDocument: Document {
    static let schemaName = "tributary.data-import/1"

    var schema = schemaName
    var sequence: UInt64
    /// `rates` or `prices`.
    var kind: String
    /// Last path component only.
    var file: String
    /// `ecb-xml`, `ecb-csv`, `closes`.
    var layout: String
    /// Whether nothing was to be written: `--dry-run`.
    var isPreview: Bool
    /// Rates or prices in the file.
    var rows: Int
    /// Of those, new or different from what was held.
    @ExplicitNull var written: Int?
    var first: CalendarDate
    var last: CalendarDate
    /// Rows that are taken and probably wrong.
    var warnings: [PriceDoubts.Doubt] = []
}
