import PortfolioModel

/// The price a position is valued at (domain.md, Mark), by kind. Rules are tried in order; the first that has a price
/// gives the mark and its name. Crossed and 0/0 quotes are never used.
struct Marking: Sendable {
    /// What the account's own broker says, the last resort.
    struct BrokerMark: Sendable {
        var price: FixedDecimal
        var asOf: Timestamp
        var state: FigureState
        var source: String
    }

    let settings: RiskSettings
    let moment: SessionMoment

    /// - Parameters:
    ///   - broker: nil for an instrument that is looked at without a position, such as an underlying.
    ///   - model: price by the model at the best volatility known, where no quote is a price; options only.
    func mark(
        _ kind: InstrumentKind, _ market: InstrumentMarket, broker: BrokerMark?,
        model: Figure<FixedDecimal>? = nil
    ) -> Mark {
        let quote = Quote(market, kind)
        if let broker, !market.isLive, market.updatedAt.map({ $0 < broker.asOf }) ?? true {
            return mark(broker, quote)
        }
        let found: Mark? =
            switch kind {
            case .equityOption, .indexOption, .futureOption: optionMark(kind, market, quote, model)
            case .fund: fundMark(market, quote)
            default: tradedMark(kind, market, quote)
            }
        if let found { return found }
        if let broker { return mark(broker, quote) }
        return Mark(value: .unknown("no price from any source"), rule: .unknown, bid: quote.bid, ask: quote.ask)
    }

    /// How far a feed's word of one instrument can be relied on: live, and not silent in an open market.
    func state(_ market: InstrumentMarket, _ kind: InstrumentKind, at time: Timestamp?) -> FigureState {
        guard market.isLive, let time else { return .stale }
        guard moment.isOpen(kind) else { return .confirmed }
        let limit = Double(settings.quoteSilence.components.seconds)
        return moment.now.seconds(since: time) > limit ? .stale : .confirmed
    }

    /// Whether a quote's middle is a price: usable, and no wider than the limit.
    func isSane(_ quote: Quote) -> Bool {
        guard quote.isUsable, let bid = quote.bid, let ask = quote.ask else { return false }
        guard let mid = quote.mid, let spread = try? ask - bid,
            let share = try? settings.optionSpread.relative.multiplied(by: mid),
            let limit = try? settings.optionSpread.absolute + share
        else { return false }
        return spread <= limit
    }

    private func mark(_ broker: BrokerMark, _ quote: Quote) -> Mark {
        Mark(
            value: .known(broker.price, broker.state, asOf: broker.asOf, source: broker.source), rule: .brokerMark,
            bid: quote.bid, ask: quote.ask)
    }

    private func mark(
        _ price: FixedDecimal?, _ rule: Mark.Rule, _ kind: InstrumentKind, _ market: InstrumentMarket, _ quote: Quote,
        worst: FigureState = .confirmed
    ) -> Mark? {
        guard let price else { return nil }
        let heard = [market.quote?.at, market.last?.at].compactMap { $0 }.max() ?? market.updatedAt
        let state = state(market, kind, at: heard).combined(with: worst)
        let figure = Figure.known(price, state, asOf: heard, source: market.sourceName)
        return Mark(value: figure, rule: rule, bid: quote.bid, ask: quote.ask)
    }

    private func optionMark(
        _ kind: InstrumentKind, _ market: InstrumentMarket, _ quote: Quote, _ model: Figure<FixedDecimal>?
    ) -> Mark? {
        if isSane(quote) {
            return mark(quote.mid, quote.bid?.isZero == true ? .halfAsk : .mid, kind, market, quote)
        }
        if let last = sessionLast(market, kind), quote.isUsable, quote.contains(last) {
            return mark(last, .lastInQuote, kind, market, quote)
        }
        if let model, model.value != nil {
            return Mark(value: model, rule: .model, bid: quote.bid, ask: quote.ask)
        }
        return priorMark(kind, market, quote)
    }

    /// Shares, funds traded on an exchange, futures, indices: the session's last inside the quote, the close once there
    /// is one.
    private func tradedMark(_ kind: InstrumentKind, _ market: InstrumentMarket, _ quote: Quote) -> Mark? {
        let last = sessionLast(market, kind)
        if !moment.isOpen(kind) {
            return mark(market.close, .close, kind, market, quote) ?? mark(last, .last, kind, market, quote)
                ?? priorMark(kind, market, quote)
        }
        if let last, quote.isSpike(beside: last, previous: market.previousClose) {
            return mark(last, .last, kind, market, quote)
        }
        if let last, quote.isUsable { return mark(quote.clip(last), .lastInQuote, kind, market, quote) }
        if let last { return mark(last, .last, kind, market, quote) }
        if quote.isNarrow { return mark(quote.mid, .mid, kind, market, quote) }
        return mark(market.close, .close, kind, market, quote) ?? priorMark(kind, market, quote)
    }

    private func fundMark(_ market: InstrumentMarket, _ quote: Quote) -> Mark? {
        let price = market.close ?? market.last?.price ?? market.previousClose
        guard let price else { return nil }
        let state: FigureState = market.isLive ? .confirmed : .stale
        let figure = Figure.known(price, state, asOf: market.updatedAt, source: market.sourceName)
        return Mark(value: figure, rule: .nav, bid: quote.bid, ask: quote.ask)
    }

    /// The prior close says nothing of an open session: stale in one.
    private func priorMark(_ kind: InstrumentKind, _ market: InstrumentMarket, _ quote: Quote) -> Mark? {
        mark(
            market.previousClose, .priorClose, kind, market, quote,
            worst: moment.isOpen(kind) ? .stale : .confirmed)
    }

    private func sessionLast(_ market: InstrumentMarket, _ kind: InstrumentKind) -> FixedDecimal? {
        guard let last = market.last, moment.isOfSession(last.at, kind) else { return nil }
        return last.price
    }
}

extension InstrumentMarket {
    var sourceName: String { source?.name ?? "feed" }
}
