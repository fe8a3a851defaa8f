import PortfolioModel

/// A bid and an ask, with what can be done with them.
struct Quote: Sendable {
    let bid: FixedDecimal?
    let ask: FixedDecimal?
    let isUsable: Bool

    /// Usable: not crossed, an ask, and a bid that only an option may lack (0 with an ask is a far option's normal
    /// quote).
    init(_ market: InstrumentMarket, _ kind: InstrumentKind) {
        bid = market.quote?.bid
        ask = market.quote?.ask
        guard let bid, let ask, ask > .zero, bid <= ask else {
            isUsable = false
            return
        }
        isUsable = kind.isOption ? !bid.isNegative : bid > .zero
    }

    var mid: FixedDecimal? {
        guard let bid, let ask else { return nil }
        return try? (bid + ask).divided(by: 2)
    }

    /// Within 5 % of its middle: what lies outside is a placeholder, not a market.
    var isNarrow: Bool {
        guard isUsable, let bid, let ask, let mid, let spread = try? ask - bid,
            let limit = try? mid.divided(by: 20)
        else { return false }
        return spread <= limit
    }

    /// Whether its middle lies more than 50 % off a last price that the previous close confirms: two agree, so the
    /// third is a slip of the feed.
    func isSpike(beside last: FixedDecimal, previous: FixedDecimal?) -> Bool {
        guard isUsable, !contains(last), let mid, let previous else { return false }
        return Self.isFar(mid, from: last) && Self.isFar(mid, from: previous) && !Self.isFar(last, from: previous)
    }

    /// One is more than half again the other. Prices that are not positive, or too large to say, are far.
    private static func isFar(_ left: FixedDecimal, from right: FixedDecimal) -> Bool {
        let (low, high) = (min(left, right), max(left, right))
        guard low > .zero, let limit = try? low.multiplied(by: 3).divided(by: 2) else { return true }
        return high > limit
    }

    func contains(_ price: FixedDecimal) -> Bool { clip(price) == price }

    func clip(_ price: FixedDecimal) -> FixedDecimal {
        guard let bid, let ask else { return price }
        return min(max(price, bid), ask)
    }
}
