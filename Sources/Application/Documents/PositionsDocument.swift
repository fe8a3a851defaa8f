import PortfolioModel
import Risk

/// `positions --json`: every position, ordered by underlying, expiry, strike.
struct PositionsDocument: Document {
    static let schemaName = "tributary.positions/1"

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var positions: [PositionRow]

    init(view: PortfolioView, service: ServiceInfo, options: DocumentOptions) {
        sequence = view.sequence
        asOf = view.at
        base = view.base
        positions = view.positions.map { PositionRow($0, base: view.base, options: options) }
    }
}
