import PortfolioModel
import PortfolioStore

/// `prices --json`: how far daily prices reach, and those of one instrument where one is asked for.
struct PricesDocument: Document {
    static let schemaName = "tributary.prices/1"

    struct Row: Codable, Sendable, Equatable {
        var symbol: String
        var instrument: Int
        var source: String
        /// Days with a close.
        var days: Int
        var first: CalendarDate
        var last: CalendarDate
    }

    struct Price: Codable, Sendable, Equatable {
        var symbol: String
        var date: CalendarDate
        @ExplicitNull var open: FixedDecimal?
        var close: FixedDecimal
        var currency: Currency
        var source: String
        var asOf: Timestamp
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var instruments: [Row]
    /// Empty unless one instrument was asked for.
    var prices: [Price]

    init(
        coverage: [PriceCoverage], prices: [DailyPrice], instruments: InstrumentMaster, sequence: UInt64,
        asOf: Timestamp
    ) {
        self.sequence = sequence
        self.asOf = asOf
        self.instruments = coverage.filter { instruments.contains($0.instrument) }.map {
            Row(
                symbol: instruments[$0.instrument].symbol, instrument: Int($0.instrument.raw), source: $0.source,
                days: $0.days, first: $0.first, last: $0.last)
        }.sorted { ($0.symbol, $0.instrument, $0.source) < ($1.symbol, $1.instrument, $1.source) }
        self.prices = prices.filter { instruments.contains($0.instrument) }.map {
            let instrument = instruments[$0.instrument]
            return Price(
                symbol: instrument.symbol, date: $0.date, open: $0.open, close: $0.close,
                currency: instrument.currency, source: $0.source, asOf: $0.asOf)
        }
    }
}
