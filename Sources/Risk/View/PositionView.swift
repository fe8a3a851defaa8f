package import PortfolioModel
package import Pricing

/// One position with every figure computed from one state of the book.
package struct PositionView: Sendable {
    package var position: Position
    package var account: Account
    package var instrument: Instrument
    package var underlying: Instrument?
    /// Symbol of the underlying group: instruments whose deltas may be added.
    package var group: String
    package var mark: Mark
    /// Price of the underlying (for options), of the instrument itself otherwise.
    package var underlyingPrice: Figure<FixedDecimal>
    /// Implied volatility as a fraction; unknown for what is not an option.
    package var impliedVolatility: Figure<Double>
    /// Calendar days to expiry in the exchange's zone; nil without expiry.
    package var daysToExpiry: Int?
    /// Option premium above intrinsic value, per unit of quoted price.
    package var extrinsicValue: Figure<FixedDecimal>
    package var moneyness: Moneyness?
    /// Quantity x mark x multiplier; 0 for futures.
    package var marketValue: ThreeCurrencies
    /// Quantity x mark x multiplier of a future, native; nil for anything else.
    package var notional: MoneyFigure?
    package var unrealizedPnL: ThreeCurrencies
    /// In account and base currency with the FX move on what was held overnight.
    package var dayPnL: ThreeCurrencies
    /// That move alone, in base currency; unknown without a rate of the prior settlement.
    package var dayFX: MoneyFigure
    package var unitGreeks: Figure<UnitGreeks>
    /// What the unit Greeks were made from; nil when they are not a model's.
    package var modelInputs: ModelInputs? {
        let source = unitGreeks.source
        guard unitGreeks.value != nil, source == "model" || source == "carried" else { return nil }
        return pricingBasis?.inputs
    }
    package var positionGreeks: Figure<PositionGreeks>
    /// Position delta x underlying price and its kin, in base currency.
    package var moneyGreeks: Figure<MoneyGreeks>
    /// Worst of quantity's and mark's state.
    package var state: FigureState
    package var asOf: Timestamp
    /// nil for what is not an option that a model can price.
    package var pricingBasis: PricingBasis?
    /// The option as a model sees it, for revaluing it. Solves for a volatility at every call: read it once.
    package var pricing: PositionPricing? { pricingBasis?.solved }

    package init(
        position: Position, account: Account, instrument: Instrument, underlying: Instrument? = nil, group: String,
        mark: Mark, underlyingPrice: Figure<FixedDecimal>, impliedVolatility: Figure<Double>,
        daysToExpiry: Int? = nil, extrinsicValue: Figure<FixedDecimal>, moneyness: Moneyness? = nil,
        marketValue: ThreeCurrencies, notional: MoneyFigure? = nil, unrealizedPnL: ThreeCurrencies,
        dayPnL: ThreeCurrencies, dayFX: MoneyFigure, unitGreeks: Figure<UnitGreeks>,
        positionGreeks: Figure<PositionGreeks>,
        moneyGreeks: Figure<MoneyGreeks>, state: FigureState, asOf: Timestamp, pricingBasis: PricingBasis? = nil
    ) {
        self.position = position
        self.account = account
        self.instrument = instrument
        self.underlying = underlying
        self.group = group
        self.mark = mark
        self.underlyingPrice = underlyingPrice
        self.impliedVolatility = impliedVolatility
        self.daysToExpiry = daysToExpiry
        self.extrinsicValue = extrinsicValue
        self.moneyness = moneyness
        self.marketValue = marketValue
        self.notional = notional
        self.unrealizedPnL = unrealizedPnL
        self.dayPnL = dayPnL
        self.dayFX = dayFX
        self.unitGreeks = unitGreeks
        self.positionGreeks = positionGreeks
        self.moneyGreeks = moneyGreeks
        self.state = state
        self.asOf = asOf
        self.pricingBasis = pricingBasis
    }

    /// Where an option's strike stands against the underlying's price.
    package enum Moneyness: String, Sendable { case inTheMoney, atTheMoney, outOfTheMoney }
}

/// The price a position is valued at, the rule that gave it, and what it was made from.
package struct Mark: Sendable, Equatable {
    /// domain.md, Mark. Raw values are what documents show.
    package enum Rule: String, Sendable {
        case lastInQuote = "last-in-quote"
        case mid
        /// Bid 0 with an ask: ask / 2.
        case halfAsk = "half-ask"
        case last
        case close
        case model
        case priorClose = "prior-close"
        case brokerMark = "broker-mark"
        case nav
        case unknown
    }

    package var value: Figure<FixedDecimal>
    package var rule: Rule
    package var bid: FixedDecimal?
    package var ask: FixedDecimal?

    package init(value: Figure<FixedDecimal>, rule: Rule, bid: FixedDecimal? = nil, ask: FixedDecimal? = nil) {
        self.value = value
        self.rule = rule
        self.bid = bid
        self.ask = ask
    }
}

/// One figure in the instrument's, the account's and the base currency.
package struct ThreeCurrencies: Sendable, Equatable {
    package var native: MoneyFigure
    package var account: MoneyFigure
    package var base: MoneyFigure

    package init(native: MoneyFigure, account: MoneyFigure, base: MoneyFigure) {
        self.native = native
        self.account = account
        self.base = base
    }
}

/// Greeks of one unit of quoted price (domain.md, Unit Greeks): delta, gamma per 1.00 of underlying; theta per calendar
/// day; vega per volatility point; rho per rate point.
package struct UnitGreeks: Sendable, Equatable {
    package var delta: Double
    package var gamma: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double

    package init(delta: Double, gamma: Double, theta: Double, vega: Double, rho: Double) {
        (self.delta, self.gamma, self.theta, self.vega, self.rho) = (delta, gamma, theta, vega, rho)
    }
}

/// Greeks of the whole position (domain.md, Position Greeks): delta and gamma in units of the underlying; theta, vega
/// and rho in the instrument's currency.
package struct PositionGreeks: Sendable, Equatable {
    package var delta: Double
    package var gamma: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double

    package init(delta: Double, gamma: Double, theta: Double, vega: Double, rho: Double) {
        (self.delta, self.gamma, self.theta, self.vega, self.rho) = (delta, gamma, theta, vega, rho)
    }
}

/// Greeks in money, base currency: the only ones that may be added across underlyings.
package struct MoneyGreeks: Sendable, Equatable {
    /// Position delta x underlying price.
    package var dollarDelta: Double
    /// Change of dollar delta for a move of 1 % of the underlying: position gamma x price^2 / 100.
    package var dollarGamma1pct: Double
    package var theta: Double
    package var vega: Double
    package var rho: Double

    package static let zero = MoneyGreeks(dollarDelta: 0, dollarGamma1pct: 0, theta: 0, vega: 0, rho: 0)

    package init(dollarDelta: Double, dollarGamma1pct: Double, theta: Double, vega: Double, rho: Double) {
        (self.dollarDelta, self.dollarGamma1pct) = (dollarDelta, dollarGamma1pct)
        (self.theta, self.vega, self.rho) = (theta, vega, rho)
    }
}
