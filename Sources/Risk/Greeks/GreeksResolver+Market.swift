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
        market.forward = memory.strips.forward(for: instrument.id) { forward(of: $0, terms, market) }
        return market
    }

    /// The forward by put-call parity; nil where no strike has a live, sane quote of both sides, the strikes contradict
    /// one another, or their quotes are too wide to say much.
    private func forward(
        of strip: [ParityStrips.Member], _ terms: OptionTerms, _ market: ModelMarket
    ) -> ImpliedForward? {
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
        return ImpliedForward(estimate: estimate, asOf: asOf)
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
