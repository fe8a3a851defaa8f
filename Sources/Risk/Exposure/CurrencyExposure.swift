package import PortfolioModel

/// What moves with one currency's rate: market values and cash in it. A future's notional is not among it.
package struct CurrencyExposure: Sendable {
    package var currency: Currency
    /// Native and base.
    package var marketValue: MoneyTotal
    package var cash: MoneyTotal
    package var native: MoneyTotal
    package var base: MoneyTotal
    /// Units of base currency for one.
    package var rate: Figure<FixedDecimal>

    static func all(of view: PortfolioView) -> [CurrencyExposure] {
        let held = view.positions.map(\.instrument.currency) + view.balances.map(\.key.currency)
        return Set(held).sorted().map { CurrencyExposure($0, view) }
    }

    private init(_ currency: Currency, _ view: PortfolioView) {
        self.currency = currency
        let rates = view.fx
        var (values, cash, native, base) = (MoneySum(), MoneySum(), MoneySum(), MoneySum())
        for row in view.positions where row.instrument.currency == currency {
            values.add(row.marketValue.native, named: row.name)
            native.add(row.marketValue.native, named: row.name)
            base.add(row.marketValue.base, named: row.name)
        }
        for balance in view.balances where balance.key.currency == currency {
            let state = view.accountsByID[balance.key.account]?.state ?? .unknown
            let name = "\(balance.key.account) cash \(currency)"
            let figure = MoneyFigure(
                .known(balance.cash, state, asOf: balance.asOf, source: balance.key.account.text), currency)
            cash.add(figure, named: name)
            native.add(figure, named: name)
            base.add(rates.convert(figure, to: view.base), named: name)
        }
        marketValue = values.total(currency)
        self.cash = cash.total(currency)
        self.native = native.total(currency)
        self.base = base.total(view.base)
        rate = rates.rate(from: currency, to: view.base)
    }
}
