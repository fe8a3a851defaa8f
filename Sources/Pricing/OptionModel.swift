package import PortfolioModel

/// One option as a model sees it: its terms and the market's figures except the volatility.
package struct OptionModel: Sendable, Hashable {
    /// How the underlying moves.
    package enum Formula: String, Sendable, Hashable, CaseIterable {
        /// Lognormal, from a spot with a continuous yield (Black and Scholes 1973, Merton 1973).
        case blackScholesMerton = "bsm"
        /// Lognormal, from a forward or a futures price (Black 1976). The yield has no part in it.
        case black76
        /// Normal (Bachelier 1900), for prices that may be near or below zero: the forward moves by the volatility
        /// times the root of time, in price units.
        case bachelier
    }

    package var right: OptionRight
    /// Spot, or the forward for Black-76, of what one unit of quoted price is written on; above 0 except for Bachelier.
    package var underlyingPrice: Double
    package var strike: Double
    /// Years to expiry, of 365 days; above 0.
    package var years: Double
    /// Continuously compounded, per year, as a fraction.
    package var rate: Double
    package var yield: Double
    package var formula: Formula
    package var exercise: ExerciseStyle
    /// In any order; those at or before today and those at or after expiry have no effect.
    package var dividends: [CashDividend]

    package init(
        right: OptionRight, underlyingPrice: Double, strike: Double, years: Double, rate: Double, yield: Double = 0,
        formula: Formula = .blackScholesMerton, exercise: ExerciseStyle = .european, dividends: [CashDividend] = []
    ) {
        self.right = right
        self.underlyingPrice = underlyingPrice
        self.strike = strike
        self.years = years
        self.rate = rate
        self.yield = yield
        self.formula = formula
        self.exercise = exercise
        self.dividends = dividends
    }

    package init(
        right: OptionRight, underlyingPrice: Double, strike: Double, years: Double, rate: Double, yield: Double = 0,
        isOnFuture: Bool
    ) {
        self.init(
            right: right, underlyingPrice: underlyingPrice, strike: strike, years: years, rate: rate, yield: yield,
            formula: isOnFuture ? .black76 : .blackScholesMerton)
    }

    /// Whether the underlying's price is already a forward.
    package var isOnFuture: Bool {
        get { formula == .black76 }
        set { formula = newValue ? .black76 : .blackScholesMerton }
    }

    /// Price and Greeks at a volatility above 0. American exercise and cash dividends are solved for numerically; for
    /// several prices of the underlying use `SolvedOption`.
    package func valuation(volatility: Double) -> OptionValuation {
        guard isPriceable, volatility > 0, volatility.isFinite else { return .unknown }
        if needsSolver {
            return SolvedOption(self, volatility: volatility)?.valuation(at: underlyingPrice) ?? .unknown
        }
        return closedValuation(volatility: volatility)
    }

    /// Price alone, per unit, at a volatility above 0.
    package func price(volatility: Double) -> Double {
        guard isPriceable, volatility > 0, volatility.isFinite else { return .nan }
        if needsSolver {
            return SolvedOption(self, volatility: volatility, pricesOnly: true)?.price(at: underlyingPrice) ?? .nan
        }
        return closedPrice(volatility: volatility)
    }

    /// As if exercise were European and there were no dividends; inputs are those of an option.
    func closedValuation(volatility: Double) -> OptionValuation {
        formula == .bachelier
            ? BachelierEuropean(self, volatility: volatility).valuation
            : LognormalEuropean(self, volatility: volatility).valuation
    }

    func closedPrice(volatility: Double) -> Double {
        formula == .bachelier
            ? BachelierEuropean(self, volatility: volatility).price
            : LognormalEuropean(self, volatility: volatility).price
    }
}
