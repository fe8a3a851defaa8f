import PortfolioModel
import Pricing

/// Chooses an option's unit Greeks: the feed's if sane, else the model's from a sane quote, else the model's at the
/// last good volatility (`carried`), else unknown with the reason. A confirmed source goes before a stale one. A feed
/// that has just begun to speak of an option is given a moment to state its Greeks.
struct GreeksResolver: Sendable {
    struct Resolved: Sendable {
        var unit: Figure<UnitGreeks>
        var volatility: Figure<Double>

        static func unknown(_ reason: String) -> Resolved {
            Resolved(unit: .unknown(reason), volatility: .unknown(reason))
        }
    }

    /// How long a feed that states Greeks, once it speaks of an option, is waited for before a model stands in.
    static let patience = Duration.seconds(1)

    let marking: Marking
    /// For what the feeds say of underlyings, looked up only where a model is asked.
    let markets: MarketTable

    /// `price` is the underlying's. Observes the feed's units and remembers a good volatility on the way.
    ///
    /// The model is asked only where it is needed: a feed's Greeks that are as good go before it, and solving for a
    /// volatility costs more than all else a quote costs.
    func resolve(
        _ instrument: Instrument, _ terms: OptionTerms, _ market: InstrumentMarket, price: Figure<FixedDecimal>,
        memory: inout RiskMemory
    ) -> Resolved {
        if let greeks = market.greeks, let source = market.source {
            if market.isLive, memory.monitor.isDue(source, instrument.id, at: greeks.at) {
                observe(instrument, terms, market, greeks, source, price: price, memory: &memory)
            }
            if let refusal = memory.monitor.refusals[source] {
                return .unknown("feed units refused: \(refusal)")
            }
        }
        let feed = feedGreeks(instrument.kind, terms, market)
        if case .success(let stated) = feed, stated.volatility.value != nil,
            stated.unit.state == .confirmed || stated.unit.state <= modelState(instrument.kind, market, price)
        {
            remember(stated, instrument.id, &memory)
            return stated
        }
        let solved: Result<Solution, UnknownReason> =
            isAwaited(instrument.id, market)
            ? .failure(UnknownReason("the feed's are awaited"))
            : solve(instrument, terms, market, price: price, memory: &memory)
        if let best = best(feed, solved) {
            remember(best, instrument.id, &memory)
            return best
        }
        if let carried = carriedGreeks(instrument, terms, price: price, &memory) { return carried }
        return .unknown(reason(feed, modelGreeks(solved)))
    }

    /// Whether the feed's Greeks are about to come: solving every option whose quote comes a moment before them would
    /// keep thousands of quotes waiting when a feed begins, for figures of no further use.
    private func isAwaited(_ id: InstrumentID, _ market: InstrumentMarket) -> Bool {
        guard let source = market.source, marking.settings.greeksFeeds.contains(source),
            let since = markets.liveSince(id)
        else { return false }
        if let greeks = market.greeks, greeks.at >= since { return false }
        return marking.moment.now < since.adding(Self.patience)
    }

    private func remember(_ resolved: Resolved, _ id: InstrumentID, _ memory: inout RiskMemory) {
        guard let value = resolved.volatility.value else { return }
        memory.remember(.init(value: value, at: resolved.volatility.asOf), of: id)
    }

    /// The feed's Greeks or the model's, whichever state is better, the feed's where they are alike. A feed that states
    /// no volatility has the model's.
    private func best(
        _ feed: Result<Resolved, UnknownReason>, _ solved: Result<Solution, UnknownReason>
    ) -> Resolved? {
        var stated = try? feed.get()
        if stated != nil, stated?.volatility.value == nil { stated?.volatility = modelVolatility(solved) }
        guard let model = try? modelGreeks(solved).get() else { return stated }
        guard let stated, stated.unit.state <= model.unit.state else { return model }
        return stated
    }

    /// The model's price of an option whose quote cannot be used, at the volatility that was last good.
    func modelPrice(
        _ instrument: Instrument, _ terms: OptionTerms, price: Figure<FixedDecimal>, _ memory: inout RiskMemory
    ) -> Figure<FixedDecimal>? {
        guard let known = memory.volatility(of: instrument.id), let underlying = price.value,
            let (model, forwardAsOf) = try? model(instrument, terms, at: underlying, &memory),
            let value = FixedDecimal(
                approximating: memory.solver.value(instrument.id, volatility: known.value, model).price)
        else { return nil }
        return .stale(value, asOf: Timestamp.earliest(known.at, price.asOf, forwardAsOf), source: "model")
    }

    /// The option's model, and of when the forward in it is where quotes imply one.
    private func model(
        _ instrument: Instrument, _ terms: OptionTerms, at underlying: FixedDecimal, _ memory: inout RiskMemory
    ) throws(UnknownReason) -> (model: OptionModel, forwardAsOf: Timestamp?) {
        let market = modelMarket(of: instrument, terms, &memory)
        return (try terms.model(at: underlying, market), market.forward?.asOf)
    }

    private struct Solution {
        var valuation: OptionValuation
        var volatility: Double
        var state: FigureState
        var asOf: Timestamp?
    }

    /// How far a model's figures can be relied on, before they are there.
    private func modelState(
        _ kind: InstrumentKind, _ market: InstrumentMarket, _ price: Figure<FixedDecimal>
    ) -> FigureState {
        marking.state(market, kind, at: market.quote?.at).combined(with: price.state)
    }

    /// The model at the underlying's price, and the quote to solve it for.
    private func question(
        _ instrument: Instrument, _ terms: OptionTerms, _ market: InstrumentMarket, price: Figure<FixedDecimal>,
        _ memory: inout RiskMemory
    ) throws(UnknownReason) -> (model: OptionModel, forwardAsOf: Timestamp?, quote: Quote) {
        guard let underlying = price.value else { throw UnknownReason("underlying's price unknown") }
        guard market.quote != nil else { throw UnknownReason("no quote") }
        let quote = Quote(market, instrument.kind)
        guard marking.isSane(quote) else { throw UnknownReason("no sane quote") }
        let (model, forwardAsOf) = try model(instrument, terms, at: underlying, &memory)
        return (model, forwardAsOf, quote)
    }

    private func solve(
        _ instrument: Instrument, _ terms: OptionTerms, _ market: InstrumentMarket, price: Figure<FixedDecimal>,
        memory: inout RiskMemory
    ) -> Result<Solution, UnknownReason> {
        do throws(UnknownReason) {
            let (model, forwardAsOf, quote) = try question(instrument, terms, market, price: price, &memory)
            let answer: ModelSolver.Answer
            do throws(ImpliedVolatilityError) {
                answer = try memory.solver.solve(
                    instrument.id, bid: quote.bid?.doubleValue, ask: quote.ask?.doubleValue, model)
            } catch {
                throw UnknownReason("no implied volatility: \(error.rawValue)")
            }
            return .success(
                Solution(
                    valuation: answer.valuation, volatility: answer.volatility,
                    state: modelState(instrument.kind, market, price),
                    asOf: Timestamp.earliest(market.quote?.at, price.asOf, forwardAsOf)))
        } catch {
            return .failure(error)
        }
    }

    /// Units are told apart by factors of 1.4 and more: European exercise is near enough, and costs nothing.
    private func observe(
        _ instrument: Instrument, _ terms: OptionTerms, _ market: InstrumentMarket, _ greeks: InstrumentMarket.Greeks,
        _ source: BrokerID, price: Figure<FixedDecimal>, memory: inout RiskMemory
    ) {
        guard modelState(instrument.kind, market, price) == .confirmed,
            let (model, _, quote) = try? question(instrument, terms, market, price: price, &memory)
        else { return }
        let european = model.europeanApproximation
        guard
            let volatility = try? ImpliedVolatility.solve(
                bid: quote.bid?.doubleValue, ask: quote.ask?.doubleValue, model: european)
        else { return memory.monitor.pass(instrument.id, at: greeks.at) }
        memory.monitor.observe(
            source, instrument.id, terms.right, feed: greeks.event, model: european.valuation(volatility: volatility),
            at: greeks.at)
    }

    /// With the volatility that the feed states, if it does.
    private func feedGreeks(
        _ kind: InstrumentKind, _ terms: OptionTerms, _ market: InstrumentMarket
    ) -> Result<Resolved, UnknownReason> {
        guard let greeks = market.greeks else { return .failure(UnknownReason("no feed Greeks")) }
        if let complaint = GreeksSanity.complaint(greeks.event, terms.right) {
            return .failure(UnknownReason("feed Greeks refused: \(complaint)"))
        }
        let event = greeks.event
        let state = marking.state(market, kind, at: greeks.at)
        let unit = UnitGreeks(event)
        let volatility: Figure<Double> =
            event.volatility.isFinite
            ? .known(event.volatility, state, asOf: greeks.at, source: market.sourceName) : .unknown("not stated")
        return .success(
            Resolved(
                unit: .known(unit, state, asOf: greeks.at, source: market.sourceName), volatility: volatility))
    }

    private func modelVolatility(_ solved: Result<Solution, UnknownReason>) -> Figure<Double> {
        switch solved {
        case .success(let ours): .known(ours.volatility, ours.state, asOf: ours.asOf, source: "model")
        case .failure(let reason): .unknown(reason.text)
        }
    }

    private func modelGreeks(_ solved: Result<Solution, UnknownReason>) -> Result<Resolved, UnknownReason> {
        solved.map { ours in
            Resolved(
                unit: .known(UnitGreeks(ours.valuation), ours.state, asOf: ours.asOf, source: "model"),
                volatility: modelVolatility(solved))
        }
    }

    private func carriedGreeks(
        _ instrument: Instrument, _ terms: OptionTerms, price: Figure<FixedDecimal>, _ memory: inout RiskMemory
    ) -> Resolved? {
        guard let known = memory.volatility(of: instrument.id), let underlying = price.value,
            let (model, forwardAsOf) = try? model(instrument, terms, at: underlying, &memory)
        else { return nil }
        let unit = UnitGreeks(memory.solver.value(instrument.id, volatility: known.value, model))
        guard unit.isFinite else { return nil }
        let asOf = Timestamp.earliest(known.at, price.asOf, forwardAsOf)
        return Resolved(
            unit: .stale(unit, asOf: asOf, source: "carried"),
            volatility: .stale(known.value, asOf: known.at, source: "carried"))
    }

    private func reason(_ failures: Result<Resolved, UnknownReason>...) -> String {
        failures.compactMap { if case .failure(let reason) = $0 { reason.text } else { nil } }.joined(separator: "; ")
    }
}

extension UnitGreeks {
    init(_ valuation: OptionValuation) {
        self.init(
            delta: valuation.delta, gamma: valuation.gamma, theta: valuation.theta, vega: valuation.vega,
            rho: valuation.rho)
    }

    var isFinite: Bool { [delta, gamma, theta, vega, rho].allSatisfy(\.isFinite) }
}
