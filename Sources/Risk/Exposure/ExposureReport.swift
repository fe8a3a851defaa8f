package import PortfolioModel

/// How much of what the book is exposed to: gross, net, leverage, concentration, money by currency, and how far each
/// account's capital is used. Base currency.
package struct ExposureReport: Sendable {
    package var base: Currency
    /// Of the whole book.
    package var total: Exposure
    package var betaWeighted: BetaTotal
    package var netLiquidation: MoneyTotal
    /// Gross exposure / net liquidation; unknown with a part of either unknown.
    package var leverage: Figure<Double>
    package var breakdowns: [Breakdown]
    package var concentration: Concentration
    package var currencies: [CurrencyExposure]
    package var accounts: [CapitalUse]

    package init(
        _ view: PortfolioView, by dimensions: [BreakdownDimension], labels: BreakdownLabels, weighting: BetaWeighting
    ) {
        base = view.base
        netLiquidation = view.totals.netLiquidation
        func breakdown(_ dimension: BreakdownDimension) -> Breakdown {
            Breakdown(view.positions, by: dimension, base: view.base, labels: labels, weighting: weighting)
        }
        let whole = breakdown(.total).rows.first
        total = whole?.exposure ?? ExposureSum().total
        betaWeighted = whole?.betaWeighted ?? BetaSum().total
        breakdowns = dimensions.map(breakdown)
        concentration = Concentration(breakdown(.underlying).rows)
        currencies = CurrencyExposure.all(of: view)
        accounts = view.accounts.map(CapitalUse.init)
        leverage = Self.leverage(total, view.totals.netLiquidation)
    }

    private static func leverage(_ exposure: Exposure, _ worth: MoneyTotal) -> Figure<Double> {
        guard let gross = exposure.knownGross else { return .unknown("exposure of a part unknown") }
        guard let value = worth.figure.amount.value?.doubleValue else {
            return .unknown("net liquidation of a part unknown")
        }
        guard value > 0 else { return .unknown("net liquidation is not positive") }
        return .known(
            gross / value, exposure.state.combined(with: worth.figure.amount.state), asOf: worth.figure.amount.asOf,
            source: "book")
    }
}
