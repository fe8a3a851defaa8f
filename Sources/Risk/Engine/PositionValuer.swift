import PortfolioModel

/// Values one position by domain.md from one state of the book at one moment. Every figure that cannot be had is
/// unknown with a reason; nothing here throws or traps.
struct PositionValuer {
    let book: Book
    let settings: RiskSettings
    let moment: SessionMoment
    private let marking: Marking
    private let resolver: GreeksResolver

    init(_ book: Book, _ settings: RiskSettings, _ moment: SessionMoment) {
        self.book = book
        self.settings = settings
        self.moment = moment
        marking = Marking(settings: settings, moment: moment)
        resolver = GreeksResolver(marking: marking, markets: book.markets)
    }

    /// The position's row.
    func view(of line: PositionLine, memory: inout RiskMemory) -> PositionView {
        let holding = line.holding
        let (position, account, instrument) = (holding.position, holding.account, holding.instrument)
        let market = book.markets[instrument.id]
        let sight = look(line, market, memory: &memory)
        let money = PositionMoney(
            line: line, mark: sight.mark, prior: market.previousClose ?? line.priorSettlement,
            tradingDay: moment.tradingDay, fx: book.rates, base: book.base)
        let greeks = PositionRisk(line: line, sight: sight)
        let quantityAsOf = max(account.asOf ?? position.asOf, position.asOf)
        return PositionView(
            position: position, account: account, instrument: instrument, underlying: holding.underlying,
            group: line.group.symbol, mark: sight.mark, underlyingPrice: sight.price,
            impliedVolatility: sight.greeks.volatility,
            daysToExpiry: instrument.contract.map { moment.today.days(until: $0.expiry) },
            extrinsicValue: extrinsic(sight), moneyness: moneyness(sight), marketValue: money.marketValue,
            notional: money.notional, unrealizedPnL: money.unrealized, dayPnL: money.day, dayFX: money.dayFX,
            unitGreeks: sight.greeks.unit, positionGreeks: greeks.position, moneyGreeks: greeks.money,
            state: account.state.combined(with: sight.mark.value.state),
            asOf: min(quantityAsOf, sight.mark.value.asOf ?? quantityAsOf), pricingBasis: basis(line, sight, &memory))
    }

    /// What the position adds to the totals.
    func contribution(of line: PositionLine, memory: inout RiskMemory) -> Contribution {
        let market = book.markets[line.holding.instrument.id]
        let sight = look(line, market, memory: &memory)
        return Contribution(line, sight, market, tradingDay: moment.tradingDay)
    }

    /// An instrument's price without a position: an underlying's, a group's.
    func price(of id: InstrumentID) -> Figure<FixedDecimal> {
        guard book.master.contains(id) else { return .unknown("underlying not known") }
        let figure = marking.mark(book.master[id].kind, book.markets[id], broker: nil).value
        return figure.value == nil ? .unknown("no price of \(book.master[id].symbol)") : figure
    }

    /// What the markets say of a position. Remembers a good volatility on the way.
    func look(_ line: PositionLine, _ market: InstrumentMarket, memory: inout RiskMemory) -> Sight {
        let holding = line.holding
        let kind = holding.instrument.kind
        let broker = brokerMark(holding)
        guard let stated = line.terms else {
            let mark = marking.mark(kind, market, broker: broker)
            return Sight(mark: mark, price: mark.value, greeks: ownGreeks(holding), terms: nil)
        }
        let price = holding.instrument.underlying.map { self.price(of: $0) } ?? .unknown("underlying not known")
        do {
            let terms = try stated.get()
            // Greeks first: they remember the volatility that the mark's model falls back on.
            let greeks = resolver.resolve(holding.instrument, terms, market, price: price, memory: &memory)
            let model =
                marking.isSane(Quote(market, kind))
                ? nil : resolver.modelPrice(holding.instrument, terms, price: price, &memory)
            let mark = marking.mark(kind, market, broker: broker, model: model)
            return Sight(mark: mark, price: price, greeks: greeks, terms: terms)
        } catch {
            let mark = marking.mark(kind, market, broker: broker)
            return Sight(mark: mark, price: price, greeks: .unknown(error.text), terms: nil)
        }
    }

    private func ownGreeks(_ holding: Holding) -> GreeksResolver.Resolved {
        let unit = UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)
        let figure: Figure<UnitGreeks> =
            holding.instrument.kind == .cash
            ? .confirmed(UnitGreeks(delta: 0, gamma: 0, theta: 0, vega: 0, rho: 0), asOf: nil, source: "definition")
            : .confirmed(unit, asOf: nil, source: "definition")
        return .init(unit: figure, volatility: .unknown("not an option"))
    }

    private func brokerMark(_ holding: Holding) -> Marking.BrokerMark? {
        holding.position.brokerMark.map {
            Marking.BrokerMark(
                price: $0, asOf: holding.position.brokerMarkAsOf ?? holding.position.asOf,
                state: holding.account.state, source: holding.account.key.broker.name)
        }
    }

    private func extrinsic(_ sight: Sight) -> Figure<FixedDecimal> {
        guard let terms = sight.terms else { return .unknown("not an option with known terms") }
        guard let mark = sight.mark.value.value, let price = sight.price.value else {
            return .unknown(sight.mark.value.value == nil ? "no mark" : "underlying's price unknown")
        }
        guard let intrinsic = terms.intrinsic(at: price), let value = try? mark - intrinsic else {
            return .unknown("delivers more than the underlying")
        }
        return .known(
            value, sight.mark.value.state.combined(with: sight.price.state),
            asOf: [sight.mark.value.asOf, sight.price.asOf].compactMap { $0 }.min(), source: sight.mark.value.source)
    }

    private func basis(_ line: PositionLine, _ sight: Sight, _ memory: inout RiskMemory) -> PricingBasis? {
        guard let terms = sight.terms, let price = sight.price.value else { return nil }
        let market = resolver.modelMarket(of: line.holding.instrument, terms, &memory)
        guard let model = try? terms.model(at: price, market) else { return nil }
        let volatility = sight.greeks.volatility
        return PricingBasis(
            model: model, forward: market.forward?.price, mark: sight.mark.value.value?.doubleValue,
            volatility: volatility.value,
            volatilityIsMarks: volatility.source == "model" && sight.mark.rule == .mid,
            units: line.quantity * line.multiplier, slope: terms.units.doubleValue / terms.multiplier.doubleValue,
            offset: terms.cashInLieu.doubleValue / terms.multiplier.doubleValue)
    }

    private func moneyness(_ sight: Sight) -> PositionView.Moneyness? {
        sight.price.value.flatMap { sight.terms?.moneyness(at: $0) }
    }
}

/// A position with the rows it refers to.
struct Holding: Sendable {
    let position: Position
    let account: Account
    let instrument: Instrument
    let underlying: Instrument?
}

/// What the markets say of a holding.
struct Sight: Sendable {
    let mark: Mark
    /// The underlying's price; the mark itself for what has none.
    let price: Figure<FixedDecimal>
    let greeks: GreeksResolver.Resolved
    /// Of options whose terms suffice.
    let terms: OptionTerms?
}

/// The instrument whose deltas a position's may be added to. Options on one future group with that future: different
/// delivery months are different underlyings.
struct GroupKey: Hashable, Sendable, Comparable {
    let symbol: String
    /// nil when the underlying has no row.
    let instrument: InstrumentID?

    init(_ holding: Holding) {
        if holding.instrument.kind.isOption {
            symbol = holding.underlying?.symbol ?? holding.instrument.contract?.underlying ?? holding.instrument.symbol
            instrument = holding.underlying?.id
        } else {
            symbol = holding.instrument.symbol
            instrument = holding.instrument.id
        }
    }

    static func < (left: GroupKey, right: GroupKey) -> Bool {
        (left.symbol, left.instrument?.raw ?? 0) < (right.symbol, right.instrument?.raw ?? 0)
    }
}
