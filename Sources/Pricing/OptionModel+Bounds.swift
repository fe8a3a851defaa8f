import PortfolioModel

extension OptionModel {
    /// rate - yield for a spot, 0 for a forward.
    var carry: Double { formula == .black76 ? 0 : rate - yield }
    /// The yield that makes a forward a spot that carries nothing: Black-76 is Black-Scholes-Merton with yield = rate.
    var effectiveYield: Double { formula == .black76 ? rate : yield }
    /// +1 for a call, -1 for a put.
    var sign: Double { right == .call ? 1 : -1 }
    var discount: Double { exponential(-rate * years) }

    /// Dividends between now and expiry, the nearest first.
    var effectiveDividends: [CashDividend] {
        dividends.isEmpty
            ? []
            : dividends.filter { $0.years > 0 && $0.years < years && $0.amount != 0 }.sorted { $0.years < $1.years }
    }

    /// Interest on what early exercise brings.
    var interestGained: Double { right == .put ? rate : effectiveYield }

    /// Whether there is no closed form for the price: dividends in cash, or exercise that may pay early.
    var needsSolver: Bool {
        if !dividends.isEmpty && !effectiveDividends.isEmpty { return true }
        let interestLost = right == .put ? effectiveYield : rate
        return exercise == .american && (interestGained > 0 || interestLost < interestGained)
    }

    /// Whether the inputs are those of an option that this model can price.
    package var isPriceable: Bool {
        guard years > 0, years.isFinite, underlyingPrice.isFinite, strike.isFinite, rate.isFinite,
            effectiveYield.isFinite
        else { return false }
        if formula == .bachelier { return exercise == .european && effectiveDividends.isEmpty }
        return underlyingPrice > 0 && strike > 0
            && dividends.allSatisfy { $0.years.isFinite && $0.amount.isFinite && $0.amount >= 0 }
    }

    /// Price of the underlying for delivery at expiry; dividends in cash are taken off with interest.
    package var forward: Double {
        effectiveDividends.reduce(underlyingPrice * exponential(carry * years)) {
            $0 - $1.amount * exponential(carry * (years - $1.years))
        }
    }

    /// The same option with European exercise, its dividends taken off the underlying's price: the escrowed dividend
    /// model, in closed form.
    package var europeanApproximation: OptionModel {
        var european = self
        european.exercise = .european
        if !dividends.isEmpty {
            european.underlyingPrice = forward * exponential(-carry * years)
            european.dividends = []
        }
        return european
    }

    /// What no price is below: the discounted gain of exercise at the forward, and for American exercise the gain of
    /// exercise now.
    package var lowerBound: Double {
        let atExpiry = max(0, discount * sign * (forward - strike))
        return exercise == .american ? max(atExpiry, sign * (underlyingPrice - strike)) : atExpiry
    }

    /// What no price reaches: the discounted forward for a call, the discounted strike for a put; what is received now
    /// where exercise may come at any time. None for Bachelier.
    package var upperBound: Double {
        if formula == .bachelier { return .infinity }
        if exercise == .american {
            return right == .call
                ? underlyingPrice * max(1, exponential((carry - rate) * years)) : strike * max(1, discount)
        }
        return discount * (right == .call ? forward : strike)
    }
}
