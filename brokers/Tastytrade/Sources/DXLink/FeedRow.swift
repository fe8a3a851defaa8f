import PortfolioModel

/// One event's values while it is read, whatever the encoding. Fields not stated stay absent.
struct FeedRow {
    var symbol: String?
    var tradingStatus: String?
    var closeType: String?
    private var decimals: [FeedField: WireDecimal] = [:]
    private var doubles: [FeedField: Double] = [:]
    private var wholes: [FeedField: Int64] = [:]

    init() {}

    mutating func reset() {
        symbol = nil
        tradingStatus = nil
        closeType = nil
        decimals.removeAll(keepingCapacity: true)
        doubles.removeAll(keepingCapacity: true)
        wholes.removeAll(keepingCapacity: true)
    }

    mutating func set(_ field: FeedField, text: String?) {
        switch field {
        case .eventSymbol: symbol = text
        case .tradingStatus: tradingStatus = text
        case .dayClosePriceType: closeType = text
        default: break
        }
    }

    mutating func set(_ field: FeedField, decimal: WireDecimal) { decimals[field] = decimal }
    mutating func set(_ field: FeedField, whole: Int64) { wholes[field] = whole }
    mutating func set(_ field: FeedField, double: Double) { doubles[field] = double }

    func decimal(_ field: FeedField) -> WireDecimal { decimals[field] ?? .absent }
    func double(_ field: FeedField) -> Double { doubles[field] ?? .nan }

    /// A whole number; zero when absent.
    func whole(_ field: FeedField) -> Int64 { wholes[field] ?? 0 }

    func optional(_ field: FeedField) -> Double? {
        guard let value = doubles[field], value.isFinite else { return nil }
        return value
    }
}
