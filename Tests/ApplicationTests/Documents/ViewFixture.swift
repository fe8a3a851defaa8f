import PortfolioModel
import Risk

/// A book of five positions at two brokers, small enough to check by eye: SPY shares and a short SPY put that expires
/// in six days at one, a future, a second put without Greeks, and Indian shares without a rate at the other.
enum ViewFixture {
    static let now = Timestamp(seconds: 1_795_271_400)  // 2026-11-21T14:30:00Z
    static let asOf = now.adding(.seconds(-3))
    static let tasty = Account(
        id: AccountID("tastytrade-1"), key: AccountKey(BrokerID("tastytrade"), "5WX01234"), name: "margin",
        taxStatus: .taxable, state: .confirmed, asOf: asOf)
    static let fidelity = Account(
        id: AccountID("fidelity-1"), key: AccountKey(BrokerID("fidelity"), "X98765432"), taxStatus: .rothIra,
        state: .stale, asOf: now.adding(.seconds(-86_400 * 9)))

    static func decimal(_ text: String) -> FixedDecimal { (try? FixedDecimal(text)) ?? -999_999 }

    static func instrument(
        _ id: UInt32, _ kind: InstrumentKind, _ symbol: String, _ currency: Currency = .usd, contract: Contract? = nil,
        names: [Identifier] = [], underlying: UInt32? = nil
    ) -> Instrument {
        Instrument(
            id: InstrumentID(raw: id),
            terms: InstrumentTerms(
                kind: kind, symbol: symbol, currency: currency, contract: contract, identifiers: names),
            underlying: underlying.map(InstrumentID.init(raw:)))
    }

    static let spy = instrument(1, .etf, "SPY", names: [Identifier(.isin, "US78462F1030")])
    static let put = option(2, strike: 570)
    static let farPut = option(3, strike: 500)
    static let future = instrument(
        4, .future, "/ESZ6",
        contract: Contract(
            underlying: "/ES", root: "/ES", expiry: CalendarDate(dayNumber: 20_805), premiumMultiplier: 50))
    static let reliance = instrument(5, .equity, "RELIANCE", .inr)

    static func option(_ id: UInt32, strike: Int) -> Instrument {
        let symbol = "SPY   261127P00\(strike)000"
        return instrument(
            id, .equityOption, symbol,
            contract: Contract(
                underlying: "SPY", root: "SPY", expiry: CalendarDate("2026-11-27") ?? CalendarDate(dayNumber: 0),
                strike: FixedDecimal(strike), right: .put, exerciseStyle: .american, settlement: Settlement(.physical),
                premiumMultiplier: 100, deliverables: [Deliverable(symbol: "SPY", amount: 100)]),
            names: [Identifier(.osi, symbol)], underlying: 1)
    }

    static func money(_ text: String, _ currency: Currency = .usd, _ state: FigureState = .confirmed) -> MoneyFigure {
        MoneyFigure(.known(decimal(text), state, asOf: asOf, source: "tastytrade"), currency)
    }

    static func three(_ text: String) -> ThreeCurrencies {
        ThreeCurrencies(native: money(text), account: money(text), base: money(text))
    }

    static func total(_ parts: [(String, MoneyFigure)], _ currency: Currency = .usd) throws -> MoneyTotal {
        var total = MoneyTotal(currency)
        for (name, part) in parts { try total.add(part, named: name) }
        return total
    }
}
