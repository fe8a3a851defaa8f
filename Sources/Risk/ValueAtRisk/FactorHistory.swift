package import PortfolioModel

/// What markets have closed at: the history that value at risk and stress windows are computed from.
package struct FactorHistory: Sendable {
    package var base: Currency
    /// In the instrument's own currency, adjusted for splits.
    package var closes: [InstrumentID: CloseSeries]
    /// Units of base currency for one of each.
    package var rates: [Currency: CloseSeries]

    package init(base: Currency, closes: [InstrumentID: CloseSeries] = [:], rates: [Currency: CloseSeries] = [:]) {
        self.base = base
        self.closes = closes
        self.rates = rates
    }

    /// The history of some factors, from what the store keeps. Of exchange rates, days on which some source states one
    /// and the rate is not stale; a first date spares the work of looking up earlier ones.
    package init(
        of factors: some Sequence<RiskFactor>, prices: PriceHistory, rates history: FXHistory, base: Currency,
        from first: CalendarDate? = nil
    ) {
        self.init(base: base)
        let dates = history.dates.drop { date in first.map { date < $0 } ?? false }
        let tables = dates.map { ($0, history.table(on: $0)) }
        for factor in factors {
            switch factor {
            case .price(let id):
                closes[id] = CloseSeries(prices.prices(of: id).lazy.map { ($0.date, $0.close.doubleValue) })
            case .currency(let currency):
                rates[currency] = CloseSeries(
                    tables.compactMap { date, table in
                        let rate = table.rate(from: currency, to: base)
                        return rate.state == .confirmed ? rate.value.map { (date, $0.doubleValue) } : nil
                    })
            }
        }
    }

    package func series(of factor: RiskFactor) -> CloseSeries? {
        switch factor {
        case .price(let id): closes[id]
        case .currency(let currency): rates[currency]
        }
    }
}
