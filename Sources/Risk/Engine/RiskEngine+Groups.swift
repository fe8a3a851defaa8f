import PortfolioModel

extension RiskEngine {
    /// What each held underlying is worth: the feed's price of it; without one, the mark of the first position in it.
    func underlyingPrices(_ rows: [PositionView]) -> [UnderlyingKey: Figure<FixedDecimal>] {
        let valuer = PositionValuer(book, settings, moment)
        var prices: [UnderlyingKey: Figure<FixedDecimal>] = [:]
        for row in rows where prices[row.underlyingKey]?.value == nil {
            guard let id = row.instrument.kind.isOption ? row.underlying?.id : row.instrument.id else {
                prices[row.underlyingKey] = prices[row.underlyingKey] ?? .unknown("underlying not known")
                continue
            }
            let price = valuer.price(of: id)
            let isOwn = row.instrument.id == id
            prices[row.underlyingKey] = price.value == nil && isOwn ? row.mark.value : price
        }
        return prices
    }
}

extension GroupView {
    init(
        _ label: String, _ totals: GroupTotals, _ prices: [UnderlyingKey: Figure<FixedDecimal>],
        _ grouping: UnderlyingGrouping, _ base: Currency
    ) {
        let (greeks, units) = (totals.greeks.total, totals.units.value)
        let keys = grouping.members[label] ?? []
        func price(_ key: UnderlyingKey?) -> Figure<FixedDecimal> {
            key.flatMap { prices[$0] } ?? .unknown("underlying not known")
        }
        self.init(
            symbol: label, underlyingPrice: price(keys.first),
            members: keys.count < 2
                ? []
                : keys.map {
                    Member(
                        symbol: $0.symbol, price: price($0), ratio: grouping[$0].ratio,
                        gammaRatio: grouping[$0].gammaRatio)
                },
            delta: units?.delta, gamma: units?.gamma, theta: greeks.value?.theta, vega: greeks.value?.vega,
            dollarDelta: greeks.value?.dollarDelta,
            dayPnL: totals.dayPnL.total(base), state: greeks.state, missing: greeks.missing)
    }
}
