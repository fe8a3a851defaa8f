/// What a decoder read, in figures that any decoder can be asked for and that do not depend on the order.
///
/// Of several events of one symbol in one message the last counts: that is what a reader of the whole keeps.
struct FeedDigest: Encodable {
    /// One event: prices as counts of 1e-8, Greeks as doubles.
    struct Event {
        var symbol: String
        var prices: [Int64] = []
        var greeks: [Double] = []
    }

    private(set) var rows = 0
    private(set) var events = ["Quote": 0, "Trade": 0, "Greeks": 0, "Summary": 0]
    private(set) var symbols: [String: Int] = [:]
    private(set) var prices: [String: Int64] = ["Quote": 0, "Trade": 0, "Greeks": 0, "Summary": 0]
    /// The sum of the doubles' bits, modulo 2^64: equal only when every double is, to the last bit.
    private(set) var greeks: UInt64 = 0

    /// Rows of one message, before any was replaced by a later one.
    mutating func count(rows: Int) { self.rows += rows }

    /// The events of one type in one message.
    mutating func add(_ kind: String, _ read: [Event]) {
        for event in Dictionary(read.map { ($0.symbol, $0) }, uniquingKeysWith: { $1 }).values {
            events[kind, default: 0] += 1
            symbols[event.symbol, default: 0] += 1
            prices[kind, default: 0] += event.prices.reduce(0, +)
            for value in event.greeks { greeks &+= value.bitPattern }
        }
    }
}
