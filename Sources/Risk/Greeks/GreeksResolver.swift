import PortfolioModel
import Pricing

/// Chooses an option's unit Greeks: the feed's if sane, else the model's from a sane quote, else the model's at the
/// last good volatility (`carried`), else unknown with the reason. A confirmed source goes before a stale one.
struct GreeksResolver: Sendable {
    struct Resolved: Sendable {
        var unit: Figure<UnitGreeks>
        var volatility: Figure<Double>

        static func unknown(_ reason: String) -> Resolved {
            Resolved(unit: .unknown(reason), volatility: .unknown(reason))
        }
    }

    let marking: Marking

    private var settings: RiskSettings { marking.settings }
    private var now: Timestamp { marking.moment.now }

    /// `price` is the underlying's. Observes the feed's units and remembers a good volatility on the way.
    ///
    /// The model is asked only where it is needed: a feed's confirmed Greeks go before it, and solving for a volatility
    /// costs more than all else a quote costs.
    func resolve(
        _ instrument: Instrument, _ terms: OptionTerms, _ market: InstrumentMarket, price: Figure<FixedDecimal>,
        memory: inout RiskMemory
    ) -> Resolved {
        var solution: Result<Solution, UnknownReason>?
        if let greeks = market.greeks, let source = market.source {
            if market.isLive, memory.monitor.isDue(source, instrument.id, at: greeks.at) {
                let found = solve(instrument.kind, terms, market, price: price)
                observe(
                    instrument.id, terms, greeks, source, found,
                    hasQuote: price.value != nil && marking.isSane(Quote(market, instrument.kind)), memory: &memory)
                solution = found
            }
            if let refusal = memory.monitor.refusals[source] {
                return .unknown("feed units refused: \(refusal)")
            }
        }
        let feed = feedGreeks(instrument.kind, terms, market)
        if case .success(let stated) = feed, stated.unit.state == .confirmed, stated.volatility.value != nil {
            remember(stated, instrument.id, &memory)
            return stated
        }
        let solved = solution ?? solve(instrument.kind, terms, market, price: price)
        if let best = best(feed, solved) {
            remember(best, instrument.id, &memory)
            return best
        }
        if let carried = carriedGreeks(instrument.id, terms, price: price, memory) { return carried }
        return .unknown(reason(feed, modelGreeks(solved)))
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
        _ id: InstrumentID, _ terms: OptionTerms, price: Figure<FixedDecimal>, _ memory: RiskMemory
    ) -> Figure<FixedDecimal>? {
        guard let known = memory.volatility(of: id), let underlying = price.value,
            let model = try? terms.model(at: underlying, settings, now: now),
            let value = FixedDecimal(approximating: model.price(volatility: known.value))
        else { return nil }
        return .stale(value, asOf: [known.at, price.asOf].compactMap { $0 }.min(), source: "model")
    }

    private struct Solution {
        var valuation: OptionValuation
        var volatility: Double
        var state: FigureState
        var asOf: Timestamp?
    }

    private func solve(
        _ kind: InstrumentKind, _ terms: OptionTerms, _ market: InstrumentMarket, price: Figure<FixedDecimal>
    ) -> Result<Solution, UnknownReason> {
        guard let underlying = price.value else { return .failure(UnknownReason("underlying's price unknown")) }
        let quote = Quote(market, kind)
        guard market.quote != nil else { return .failure(UnknownReason("no quote")) }
        guard marking.isSane(quote) else { return .failure(UnknownReason("no sane quote")) }
        do throws(UnknownReason) {
            let model = try terms.model(at: underlying, settings, now: now)
            let volatility: Double
            do {
                volatility = try ImpliedVolatility.solve(
                    bid: quote.bid?.doubleValue, ask: quote.ask?.doubleValue, model: model)
            } catch {
                throw UnknownReason("no implied volatility: \(error.rawValue)")
            }
            let heard = market.quote?.at
            return .success(
                Solution(
                    valuation: model.valuation(volatility: volatility), volatility: volatility,
                    state: marking.state(market, kind, at: heard).combined(with: price.state),
                    asOf: [heard, price.asOf].compactMap { $0 }.min()))
        } catch {
            return .failure(error)
        }
    }

    private func observe(
        _ id: InstrumentID, _ terms: OptionTerms, _ greeks: InstrumentMarket.Greeks, _ source: BrokerID,
        _ solved: Result<Solution, UnknownReason>, hasQuote: Bool, memory: inout RiskMemory
    ) {
        guard case .success(let ours) = solved else {
            if hasQuote { memory.monitor.pass(id, at: greeks.at) }
            return
        }
        guard ours.state == .confirmed else { return }
        memory.monitor.observe(
            source, id, terms.right, feed: greeks.event, model: ours.valuation, at: greeks.at)
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
        let unit = UnitGreeks(
            delta: event.delta, gamma: event.gamma, theta: event.theta, vega: event.vega, rho: event.rho)
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
        _ id: InstrumentID, _ terms: OptionTerms, price: Figure<FixedDecimal>, _ memory: RiskMemory
    ) -> Resolved? {
        guard let known = memory.volatility(of: id), let underlying = price.value,
            let model = try? terms.model(at: underlying, settings, now: now)
        else { return nil }
        let unit = UnitGreeks(model.valuation(volatility: known.value))
        guard unit.isFinite else { return nil }
        let asOf = [known.at, price.asOf].compactMap { $0 }.min()
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
