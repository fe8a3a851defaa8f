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
        // One division for 1 / width and 1 / spot.
        let inverse = 1 / (spot * width)
        let inverseWidth = inverse * spot
        carry = rate - yield
        let distance = (spot.logarithm(over: strike) + carry * years) * inverseWidth
        let half = width * 0.5
        upper = distance + half
        lower = distance - half
        let kept = (-yield * years).exponential
        let asset = spot * kept
        let money = strike * (-rate * years).exponential
        let isOption =
            (spot .> .zero) .& (strike .> .zero) .& (years .> .zero) .& (width .> .zero)
            .& (distance.magnitude .< Lanes(repeating: .infinity))
        let density = kept * (upper * upper * -0.5).exponential * Normal.inverseRootOfTwoPi
        perUnit = density.when(isOption, else: Lanes(repeating: .nan))
        let common = spot * perUnit
        let (upperRatio, lowerRatio) = Lanes.millsRatios(upper.magnitude, lower.magnitude)
        let upperPart = common * upperRatio
        let lowerPart = common * lowerRatio

        let ownedPerSpot = (kept - perUnit * upperRatio).when(sign * upper .> .zero, else: perUnit * upperRatio)
        let owned = spot * ownedPerSpot
        let owed = (money - lowerPart).when(sign * lower .> .zero, else: lowerPart)
        // The out-of-the-money option of the pair: both tails, or what is left of the whole.
        let isBelow = distance .<= .zero
        let whole = asset.when(isBelow, else: money) - (upperPart + lowerPart)
        let out = whole.when((upper * lower) .< .zero, else: (upperPart - lowerPart).magnitude)
        let gain = sign * (asset - money)
        let value = (out + gain).when((sign * distance) .> .zero, else: out)

        price = value
        signedYield = sign * yield * ownedPerSpot
        delta = sign * ownedPerSpot
        gamma = perUnit * inverse
        let decay = common * volatility * volatility * 0.5 * inverseWidth
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
