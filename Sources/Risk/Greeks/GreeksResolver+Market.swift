import PortfolioModel
import Pricing

extension GreeksResolver {
    /// A forward that the quotes leave more open than this, as a share of itself, says less than an assumed yield.
    private static let mostUncertainty = 0.005

    /// What a model of an option needs beside its terms.
    func modelMarket(
        of instrument: Instrument, _ terms: OptionTerms, _ memory: inout RiskMemory
    ) -> ModelMarket {
        var market = ModelMarket(
            assumptions: marking.settings.model, now: marking.moment.now,
            profile: instrument.underlying.flatMap { markets[$0].profile })
        market.forward = memory.strips.forward(for: instrument.id) { futures, strip in
            forward(of: futures, in: terms.currency) ?? forward(of: strip, terms, market)
        }
        return market
    }

    /// The price of the first future that has a live, sane one, in the option's index points. While the index is not
    /// traded the strip's own quotes say more: they are of one moment with it, and a future goes on by night.
    private func forward(of futures: [ParityStrips.Future], in currency: Currency) -> StatedForward? {
        guard !futures.isEmpty, isTraded(.indexOption, currency) else { return nil }
        let silence = Double(marking.settings.quoteSilence.components.seconds)
        for future in futures {
            let market = markets[future.id]
            guard let quoted = market.quote?.at, market.source != WhatIf.broker,
                market.isLive, marking.moment.now.seconds(since: quoted) <= silence, Quote(market, .future).isNarrow
            else { continue }
            let mark = marking.mark(.future, market, broker: nil)
            guard mark.rule == .lastInQuote || mark.rule == .mid, let price = mark.value.value, price > .zero else {
                continue
            }
            return StatedForward(
                price: .future(symbol: future.symbol, price: price.doubleValue * future.scale), asOf: quoted)
        }
        return nil
    }

    /// By the exchange's own hours: a mark's session is New York's.
    private func isTraded(_ kind: InstrumentKind, _ currency: Currency) -> Bool {
        guard case .exchange = marking.settings.session else { return true }
        return marking.settings.model.cutoffs.cutoff(kind, currency).calendar.isOpen(at: marking.moment.now)
    }

    /// The forward by put-call parity; nil where no strike has a live, sane quote of both sides, the strikes contradict
    /// one another, or their quotes are too wide to say much.
    private func forward(
        of strip: [ParityStrips.Member], _ terms: OptionTerms, _ market: ModelMarket
    ) -> StatedForward? {
        var pairs: [(quotes: ParityForward.Strike, at: Timestamp)] = []
        var (call, put): (InstrumentMarket.Quote?, InstrumentMarket.Quote?)
        for (place, member) in strip.enumerated() {
            if place == 0 || strip[place - 1].strike != member.strike { (call, put) = (nil, nil) }
            let hadBoth = call != nil && put != nil
            switch member.right {
            case .call: call = call ?? usableQuote(member.id)
            case .put: put = put ?? usableQuote(member.id)
            }
            guard !hadBoth, let call, let put, let quotes = ParityForward.Strike(member.strike, call, put) else {
                continue
            }
            pairs.append((quotes, min(call.at, put.at)))
        }
        guard
            let estimate = try? ParityForward.estimate(
                pairs.map(\.quotes), years: market.years(to: terms.end),
                rate: market.assumptions.rate(in: terms.currency)),
            estimate.forward > 0, estimate.uncertainty <= Self.mostUncertainty * estimate.forward,
            let asOf = pairs.filter({ estimate.strikes.contains($0.quotes.strike) }).map(\.at).min()
        else { return nil }
        return StatedForward(price: .parity(estimate), asOf: asOf)
    }

    /// Prices that somebody only supposes say nothing of the market.
    private func usableQuote(_ id: InstrumentID) -> InstrumentMarket.Quote? {
        let market = markets[id]
        guard let quote = market.quote, market.source != WhatIf.broker,
            marking.state(market, .indexOption, at: quote.at) == .confirmed,
            marking.isSane(Quote(market, .indexOption))
        else { return nil }
        return quote
    }
}

extension ParityForward.Strike {
    /// nil when a side is absent.
    fileprivate init?(_ strike: FixedDecimal, _ call: InstrumentMarket.Quote, _ put: InstrumentMarket.Quote) {
        guard let callBid = call.bid, let callAsk = call.ask, let putBid = put.bid, let putAsk = put.ask else {
            return nil
        }
        self.init(
            strike: strike.doubleValue, callBid: callBid.doubleValue, callAsk: callAsk.doubleValue,
            putBid: putBid.doubleValue, putAsk: putAsk.doubleValue)
    }
}
