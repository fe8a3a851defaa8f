/// Black-Scholes-Merton and Black-76 for one option, written with Mills' ratio: the common factor
/// S e^(-qT) phi(d1) = K e^(-rT) phi(d2) is taken out of both tails, so that far out-of-the-money prices and Greeks
/// keep their relative accuracy (Jaeckel, Let's Be Rational, 2015, writes the same with erfcx).
struct LognormalEuropean {
    private let model: OptionModel
    private let volatility: Double
    private let root: Double
    /// Volatility over the whole term.
    private let width: Double
    private let upper: Double
    private let lower: Double
    /// Spot and strike, each discounted to now.
    private let asset: Double
    private let money: Double
    /// `asset` times the density at `upper`, equal to `money` times the density at `lower`.
    private let common: Double
    /// Mills' ratio at the absolute values of `upper` and `lower`.
    private let upperTail: Double
    private let lowerTail: Double
    private let sign: Double

    init(_ model: OptionModel, volatility: Double) {
        self.model = model
        self.volatility = volatility
        sign = model.sign
        root = model.years.squareRoot()
        width = volatility * root
        let distance = logarithmOfRatio(model.underlyingPrice, model.strike) + model.carry * model.years
        upper = distance / width + width / 2
        lower = distance / width - width / 2
        asset = model.underlyingPrice * exponential(-model.effectiveYield * model.years)
        money = model.strike * exponential(-model.rate * model.years)
        common =
            (asset < money ? asset * exponential(-upper * upper / 2) : money * exponential(-lower * lower / 2))
            * Normal.inverseRootOfTwoPi
        upperTail = MillsRatio.value(upper.magnitude)
        lowerTail = MillsRatio.value(lower.magnitude)
    }

    /// The out-of-the-money option of the pair, plus the discounted gain at the forward when this is the other one.
    var price: Double {
        let isOut = sign > 0 ? upper + lower <= 0 : upper + lower >= 0
        return isOut ? outOfTheMoney : outOfTheMoney + (sign * (asset - money))
    }

    private var outOfTheMoney: Double {
        if upper + lower <= 0 {
            if upper > 0 { return asset - common * (upperTail + lowerTail) }
            return common * MillsRatio.difference(around: -(upper + lower) / 2, halfWidth: width / 2)
        }
        if lower < 0 { return money - common * (upperTail + lowerTail) }
        return common * MillsRatio.difference(around: (upper + lower) / 2, halfWidth: width / 2)
    }

    /// Discounted underlying that is owned, and strike that is owed, in the states of exercise; not below 0.
    private var owned: Double { sign * upper > 0 ? asset - common * upperTail : common * upperTail }
    private var owed: Double { sign * lower > 0 ? money - common * lowerTail : common * lowerTail }

    var valuation: OptionValuation {
        let (spot, years, price) = (model.underlyingPrice, model.years, self.price)
        let (owned, owed) = (self.owned, self.owed)
        let perYear =
            -common * volatility / (2 * root) + sign * (model.effectiveYield * owned - model.rate * owed)
        let perUnit = common / spot
        let drift = model.carry / width - lower / (2 * years)
        return OptionValuation(
            price: price, delta: sign * owned / spot, gamma: perUnit / (spot * width), theta: perYear / 365,
            vega: common * root / 100,
            rho: (model.isOnFuture ? -years * price : sign * years * owed) / 100,
            vanna: -perUnit * lower / volatility / 100, volga: common * root * upper * lower / volatility / 10_000,
            charm: (sign * model.effectiveYield * owned / spot - perUnit * drift) / 365)
    }

    /// Price and its first three derivatives in the spot.
    var spotDerivatives: (price: Double, delta: Double, gamma: Double, speed: Double) {
        let spot = model.underlyingPrice
        let gamma = common / (spot * spot * width)
        return (price, sign * owned / spot, gamma, -gamma / spot * (upper / width + 1))
    }
}
