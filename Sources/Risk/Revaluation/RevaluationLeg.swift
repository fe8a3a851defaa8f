package import PortfolioModel
import Pricing

/// One position as full revaluation sees it: a line in its underlying's price, or an option with model and volatility.
/// Amounts in the instrument's currency, `fx` units of base currency for one of it.
package struct RevaluationLeg: Sendable {
    package enum Form: Sendable {
        /// Shares, funds, futures: moves by quantity x multiplier for 1.00 of price.
        case linear
        case option(PositionPricing)
    }

    /// As totals name it: account and symbol.
    package var name: String
    /// Symbol of the underlying group.
    package var group: String
    /// The row whose price moves it: the underlying's, or its own.
    package var factor: InstrumentID?
    package var account: AccountID
    package var currency: Currency
    package var fx: Double
    /// Present price of the underlying, or of the instrument itself.
    package var price: Double
    /// Signed.
    package var quantity: Double
    /// Currency per 1.00 of quoted price.
    package var multiplier: Double
    /// What FX moves: the present market value, 0 for futures.
    package var marketValue: Double
    package var form: Form

    package init(
        name: String, group: String, factor: InstrumentID?, account: AccountID, currency: Currency, fx: Double,
        price: Double, quantity: Double, multiplier: Double, marketValue: Double, form: Form
    ) {
        self.name = name
        self.group = group
        self.factor = factor
        self.account = account
        self.currency = currency
        self.fx = fx
        self.price = price
        self.quantity = quantity
        self.multiplier = multiplier
        self.marketValue = marketValue
        self.form = form
    }

    /// Change of value in the instrument's currency from now to a shifted market.
    package func profit(_ shift: MarketShift) -> Double {
        quantity * multiplier * (unitPrice(shift) - unitPrice(.none))
    }

    /// The same in base currency, with the FX move on the closing value.
    package func baseProfit(_ shift: MarketShift, fxChange: Double = 0) -> Double {
        let profit = profit(shift)
        return profit * fx + (marketValue + profit) * fx * fxChange
    }

    /// Price of one unit in a shifted market: the model's, or the line's.
    package func unitPrice(_ shift: MarketShift) -> Double {
        let moved = price * (1 + shift.price)
        guard case .option(let pricing) = form else { return moved }
        return pricing.price(at: moved, shift)
    }
}

/// How far a market is moved from where it stands.
package struct MarketShift: Sendable, Hashable {
    /// Relative move of the underlying's price: -0.1 is 10 % down.
    package var price: Double
    /// Move of the volatility, in volatility points of 0.01.
    package var volatilityPoints: Double
    /// Calendar days that pass.
    package var days: Double

    package init(price: Double = 0, volatilityPoints: Double = 0, days: Double = 0) {
        self.price = price
        self.volatilityPoints = volatilityPoints
        self.days = days
    }

    package static let none = MarketShift()
}

extension PositionPricing {
    /// Least volatility a shifted market has: a model needs one above 0.
    package static let leastVolatility = 0.001

    /// Price of one unit at an underlying's price; what exercise pays once time is up.
    package func price(at underlying: Double, _ shift: MarketShift) -> Double {
        SolvedPricing(self, volatilityPoints: shift.volatilityPoints, days: shift.days).price(at: underlying)
    }
}

extension RevaluationLeg {
    /// Units of the underlying that the whole leg stands for, before any delta: signed.
    package var units: Double {
        guard case .option(let pricing) = form else { return quantity * multiplier }
        return quantity * multiplier * pricing.slope
    }

    /// Why no scenario can price it; nil when one can. Checked before it joins a sum, which one NaN would take along.
    package var obstacle: String? {
        guard price.isFinite, quantity.isFinite, multiplier.isFinite, fx.isFinite, marketValue.isFinite else {
            return "a figure is not a number"
        }
        guard case .option(let pricing) = form else { return nil }
        let isPriceable = pricing.model.isPriceable && pricing.volatility > 0 && pricing.volatility.isFinite
        return isPriceable ? nil : "its model cannot price it"
    }

    /// Absolute q d S in base currency (domain.md, Coverage).
    package var exposure: Double { (units * price * fx).magnitude }

    /// Position delta x price x FX: what a relative move of the price is worth to first order, in base currency.
    package var deltaExposure: Double {
        guard case .option(let pricing) = form else { return units * price * fx }
        return units * pricing.model.valuation(volatility: pricing.volatility).delta * price * fx
    }
}
