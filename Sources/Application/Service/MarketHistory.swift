import PortfolioModel
import PortfolioStore

/// What the store's history adds to a view for one query.
struct MarketHistory: Sendable {
    /// Exchange rates as they were at the end of `date`; nil for the view's own.
    var rates: FXTable?
    var date: CalendarDate?
    var coverage: [PriceCoverage] = []
    /// Every price of the instrument asked for, oldest first.
    var prices: [DailyPrice] = []

    init() {}

    /// Reads what the query's documents need. Throws `CommandError` for a date or a currency that is none.
    init(
        of store: PortfolioStore, for query: DocumentQuery, at now: Timestamp, configuration: ServiceConfiguration
    ) throws {
        if query.names.contains(.fx), let text = query.asOf {
            guard let date = CalendarDate(text), date <= now.latestDate else {
                throw CommandError(
                    "bad-date", "`\(text)` is not a date that has come", field: "as-of", fix: "write YYYY-MM-DD",
                    exit: .usage)
            }
            self.date = date
            rates = FXHistory(
                try store.rates(latestOn: date), base: configuration.base, rules: configuration.fx.rules
            ).table(on: date)
        }
        if query.names.contains(.prices) {
            coverage = try store.priceCoverage()
            guard let symbol = query.symbol else { return }
            let master = try store.loadBook(base: configuration.base).instruments
            let ids = Set(master.filter { $0.symbol == symbol }.map(\.id))
            guard !ids.isEmpty else {
                throw CommandError(
                    "unknown-instrument", "no instrument is called `\(symbol)`", field: "symbol",
                    fix: "`tributary instruments` lists them", exit: .usage)
            }
            coverage = coverage.filter { ids.contains($0.instrument) }
            let all = try store.prices(of: ids, from: CalendarDate(dayNumber: 0), through: now.latestDate)
            prices = all.sorted { ($0.instrument, $0.date, $0.source) < ($1.instrument, $1.date, $1.source) }
        }
    }
}

extension StoredBook {
    fileprivate var instruments: [Instrument] {
        changes.compactMap { if case .instrument(let row) = $0 { row } else { nil } }
    }
}

extension DocumentQuery {
    /// The currency asked for, or base currency.
    func target(_ base: Currency) throws(CommandError) -> Currency {
        guard let currency else { return base }
        guard let known = Currency(currency) else {
            throw CommandError(
                "bad-currency", "`\(currency)` is not a currency code", field: "currency",
                fix: "write an ISO 4217 code such as USD", exit: .usage)
        }
        return known
    }
}
