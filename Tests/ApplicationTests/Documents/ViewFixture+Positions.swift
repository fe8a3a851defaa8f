import PortfolioModel
import Risk

extension ViewFixture {
    static func price(_ text: String) -> Figure<FixedDecimal> {
        .confirmed(decimal(text), asOf: asOf, source: "tastytrade")
    }

    static func position(
        _ instrument: Instrument, _ account: Account, quantity: Int, average: String?, brokerMark: String? = nil
    ) -> Position {
        Position(
            key: PositionKey(account.id, instrument.id), quantity: FixedDecimal(quantity),
            averageOpenPrice: average.map(decimal), costBasis: average.map { _ in decimal("-1494") },
            basis: Basis(includesFees: false, source: account.key.broker.name), brokerMark: brokerMark.map(decimal),
            asOf: asOf)
    }

    static func view(
        _ instrument: Instrument, _ account: Account, quantity: Int, average: String?, mark: Mark, group: String,
        value: ThreeCurrencies, open: ThreeCurrencies, day: ThreeCurrencies,
        unit: Figure<UnitGreeks>, greeks: Figure<PositionGreeks>, money: Figure<MoneyGreeks>
    ) -> PositionView {
        let isOption = instrument.kind.isOption
        return PositionView(
            position: position(
                instrument, account, quantity: quantity, average: average, brokerMark: isOption ? nil : "600.10"),
            account: account, instrument: instrument, underlying: isOption ? spy : nil, group: group, mark: mark,
            underlyingPrice: isOption ? price("600") : mark.value,
            impliedVolatility: isOption && unit.value != nil
                ? .confirmed(0.2531, asOf: asOf, source: "tastytrade") : .unknown("no Greeks"),
            daysToExpiry: isOption ? 6 : (instrument.kind == .future ? 27 : nil),
            extrinsicValue: isOption ? mark.value : .unknown("not an option"),
            moneyness: isOption ? .outOfTheMoney : nil, marketValue: value,
            notional: instrument.kind == .future ? ViewFixture.money("300500") : nil, unrealizedPnL: open, dayPnL: day,
            dayFX: ViewFixture.money("0"), unitGreeks: unit, positionGreeks: greeks, moneyGreeks: money,
            state: mark.value.state, asOf: asOf)
    }

    static func known<Value: Sendable>(_ value: Value) -> Figure<Value> {
        .confirmed(value, asOf: asOf, source: "tastytrade")
    }

    static let positions: [PositionView] = [future50, shares, shortPut, deadPut, indian]

    static let shares = view(
        spy, tasty, quantity: 100, average: "580",
        mark: Mark(value: price("600"), rule: .lastInQuote, bid: decimal("599.99"), ask: decimal("600.01")),
        group: "SPY", value: three("60000"), open: three("2000"), day: three("300"),
        unit: known(UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)),
        greeks: known(PositionGreeks(delta: 100, gamma: 0, theta: 0, vega: 0, rho: 0)),
        money: known(MoneyGreeks(dollarDelta: 60_000, dollarGamma1pct: 0, theta: 0, vega: 0, rho: 0)))

    static let shortPut = view(
        put, tasty, quantity: -2, average: "7.47",
        mark: Mark(value: price("5.05"), rule: .mid, bid: 5, ask: decimal("5.10")), group: "SPY", value: three("-1010"),
        open: three("484"), day: three("110"),
        unit: known(UnitGreeks(delta: -0.2, gamma: 0.01, theta: -0.15, vega: 0.5, rho: -0.02)),
        greeks: known(PositionGreeks(delta: 40, gamma: -2, theta: 30, vega: -100, rho: 4)),
        money: known(MoneyGreeks(dollarDelta: 24_000, dollarGamma1pct: -7200, theta: 30, vega: -100, rho: 4)))

    /// A feed that sends a number that is none must not reach a document.
    static let deadPut = view(
        farPut, fidelity, quantity: 1, average: nil,
        mark: Mark(value: .unknown("no quote"), rule: .unknown), group: "SPY", value: unknown("no quote"),
        open: unknown("no average price"), day: unknown("no quote"), unit: .unknown("no quote"),
        greeks: known(PositionGreeks(delta: .nan, gamma: .infinity, theta: 0, vega: 0, rho: 0)),
        money: .unknown("no quote"))

    static let future50 = view(
        future, tasty, quantity: 1, average: "6000",
        mark: Mark(value: price("6010"), rule: .last), group: "/ES", value: three("0"), open: three("500"),
        day: three("1000"), unit: known(UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)),
        greeks: known(PositionGreeks(delta: 50, gamma: 0, theta: 0, vega: 0, rho: 0)),
        money: known(MoneyGreeks(dollarDelta: 300_500, dollarGamma1pct: 0, theta: 0, vega: 0, rho: 0)))

    static let indian = view(
        reliance, fidelity, quantity: 50, average: "1400",
        mark: Mark(value: .stale(decimal("1440"), asOf: now.adding(.seconds(-7200)), source: "fidelity"), rule: .close),
        group: "RELIANCE", value: withoutRate("72000"), open: withoutRate("2000"), day: withoutRate("-500"),
        unit: known(UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)),
        greeks: known(PositionGreeks(delta: 50, gamma: 0, theta: 0, vega: 0, rho: 0)),
        money: .unknown("no INR/USD rate"))

    static func unknown(_ reason: String) -> ThreeCurrencies {
        let figure = MoneyFigure.unknown(reason, .usd)
        return ThreeCurrencies(native: figure, account: figure, base: figure)
    }

    static func withoutRate(_ text: String) -> ThreeCurrencies {
        ThreeCurrencies(
            native: money(text, .inr, .stale), account: .unknown("no INR/USD rate", .usd),
            base: .unknown("no INR/USD rate", .usd))
    }
}
