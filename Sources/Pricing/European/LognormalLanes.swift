/// The formulas of `LognormalEuropean` for several options at once, with this module's own exp, ln and normal tail.
struct LognormalLanes {
    var price: Lanes
    var delta: Lanes
    var gamma: Lanes
    var theta: Lanes
    var vega: Lanes
    var rho: Lanes
    private let width: Lanes
    private let upper: Lanes
    private let lower: Lanes
    private let carry: Lanes
    private let perUnit: Lanes
    private let signedYield: Lanes

    /// `yield` is the rate where `isOnFuture`. Lanes whose inputs are no option come out as NaN.
    @inline(__always)
    init(
        sign: Lanes, spot: Lanes, strike: Lanes, years: Lanes, rate: Lanes, yield: Lanes, volatility: Lanes,
        isOnFuture: Bool
    ) {
        let root = years.squareRoot()
        width = volatility * root
        let inverse = 1 / width
        carry = rate - yield
        let distance = (spot.logarithm(over: strike) + carry * years) * inverse
        let half = width * 0.5
        upper = distance + half
        lower = distance - half
        let asset = spot * (-yield * years).exponential
        let money = strike * (-rate * years).exponential
        // Of the two equal products the one whose exponent is nearer to zero.
        let isBelow = distance .<= .zero
        let nearer = upper.when(isBelow, else: lower)
        let isOption =
            (spot .> .zero) .& (strike .> .zero) .& (years .> .zero) .& (width .> .zero)
            .& (distance.magnitude .< Lanes(repeating: .infinity))
        let product = asset.when(isBelow, else: money) * (nearer * nearer * -0.5).exponential
        let common = (product * Normal.inverseRootOfTwoPi).when(isOption, else: Lanes(repeating: .nan))
        let upperPart = common * upper.magnitude.millsRatio
        let lowerPart = common * lower.magnitude.millsRatio

        let signedUpper = sign * upper
        let signedLower = sign * lower
        let owned = (asset - upperPart).when(signedUpper .> .zero, else: upperPart)
        let owed = (money - lowerPart).when(signedLower .> .zero, else: lowerPart)
        // The out-of-the-money option of the pair: both tails, or what is left of the whole.
        let insideIsWhole = (upper * lower) .< .zero
        let whole = asset.when(isBelow, else: money) - (upperPart + lowerPart)
        let out = whole.when(insideIsWhole, else: (upperPart - lowerPart).magnitude)
        let gain = sign * (asset - money)
        let isIn = (sign * distance) .> .zero
        let value = (out + gain).when(isIn, else: out)

        price = value
        let perSpot = 1 / spot
        perUnit = common * perSpot
        signedYield = sign * yield * owned * perSpot
        delta = sign * owned * perSpot
        gamma = perUnit * perSpot * inverse
        let decay = common * volatility * volatility * 0.5 * inverse
        theta = (sign * (yield * owned - rate * owed) - decay) * (1 / 365.0)
        vega = common * root * 0.01
        rho = (isOnFuture ? -years * value : sign * years * owed) * 0.01
    }

    /// Change of delta per volatility point.
    @inline(__always)
    func vanna(volatility: Lanes) -> Lanes { -perUnit * lower / volatility * 0.01 }

    /// Change of vega per volatility point.
    @inline(__always)
    func volga(volatility: Lanes) -> Lanes { vega * upper * lower / volatility * 0.01 }

    /// Change of delta per calendar day.
    @inline(__always)
    func charm(years: Lanes) -> Lanes {
        let drift = carry / width - lower * 0.5 / years
        return (signedYield - perUnit * drift) * (1 / 365.0)
    }
}
