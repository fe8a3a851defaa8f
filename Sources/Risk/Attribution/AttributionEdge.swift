package import PortfolioModel

/// One position as it stood at one moment, kept so that its P&L can be attributed between moments: at least at each
/// session's open and close, at each fill, and where it expires or is assigned.
///
/// The P&L between two consecutive edges is `held quantity x change of mark x multiplier`, plus what this edge's fills
/// gained to its mark, plus its cash. Whatever is nil was not known at the time and is never guessed later.
package struct AttributionEdge: Sendable, Hashable, Codable {
    /// Why the edge was taken. Raw values are what the store keeps.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The position was there when we first looked: what it earned earlier is `before tracking`.
        case firstSight
        case sessionOpen
        case sessionClose
        /// Quantity changed by trades.
        case fill
        case expiry
        case exercise
        case assignment
    }

    /// A change of quantity since the previous edge.
    package struct Fill: Sendable, Hashable, Codable {
        /// Signed: bought or received positive.
        package var quantity: FixedDecimal
        /// Per unit of quoted price, without fees. Of an option that expires, the settlement value; of one that is
        /// exercised or assigned 0, and the strike for what it delivers.
        package var price: FixedDecimal

        package init(quantity: FixedDecimal, price: FixedDecimal) {
            self.quantity = quantity
            self.price = price
        }
    }

    /// Of one unit of quoted price (domain.md, Unit Greeks): delta, gamma per 1.00 of underlying; theta per calendar
    /// day; vega per volatility point; rho per rate point.
    package struct Greeks: Sendable, Hashable, Codable {
        package var delta: Double
        package var gamma: Double
        package var theta: Double
        package var vega: Double
        package var rho: Double

        package init(delta: Double, gamma: Double, theta: Double, vega: Double, rho: Double) {
            (self.delta, self.gamma, self.theta, self.vega, self.rho) = (delta, gamma, theta, vega, rho)
        }

        /// Of what is its own underlying: shares, funds, futures.
        package static let own = Greeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)
    }

    package let position: PositionKey
    package var at: Timestamp
    package var kind: Kind
    /// Signed, after this edge's fills; 0 for the edge that ends a position.
    package var quantity: FixedDecimal
    /// The instrument's.
    package var currency: Currency
    /// Currency per 1.00 of quoted price per unit of quantity.
    package var multiplier: FixedDecimal
    /// Units in what the underlying's price quotes that one contract delivers; the multiplier for shares and futures.
    package var units: FixedDecimal
    /// Whether its market value is 0 and its gains are in cash.
    package var isFuture: Bool
    /// Calendar days to the last trading time, with their fraction; nil without expiry.
    package var daysToExpiry: Double?
    /// Price per unit without fees at which the quantity was opened.
    package var averageOpenPrice: FixedDecimal?
    /// At this moment, for a fill just after it; of a position that has ended the last one, not the settlement.
    package var mark: FixedDecimal?
    /// Its own mark for what has no underlying.
    package var underlyingPrice: FixedDecimal?
    package var greeks: Greeks?
    /// Where the Greeks come from: `feed:tastytrade`, `model`, `carried`, `definition`.
    package var source: String
    /// Of options: the volatility of this moment's mark, as a fraction.
    package var volatility: Double?
    /// The model's interest rate, continuously compounded, a fraction per year.
    package var rate: Double?
    /// Units of base currency for one of the instrument's.
    package var fx: FixedDecimal?
    /// Since the previous edge, in order.
    package var fills: [Fill]
    /// Dividends and interest less fees since the previous edge, native currency, signed.
    package var cash: FixedDecimal
    /// Dividends per unit of underlying that it went ex since the previous edge.
    package var exDividend: FixedDecimal
    package var state: FigureState

    package init(
        position: PositionKey, at: Timestamp, kind: Kind, quantity: FixedDecimal, currency: Currency,
        multiplier: FixedDecimal = .one, units: FixedDecimal? = nil, isFuture: Bool = false,
        daysToExpiry: Double? = nil, averageOpenPrice: FixedDecimal? = nil, mark: FixedDecimal? = nil,
        underlyingPrice: FixedDecimal? = nil, greeks: Greeks? = nil, source: String = "", volatility: Double? = nil,
        rate: Double? = nil, fx: FixedDecimal? = nil, fills: [Fill] = [], cash: FixedDecimal = .zero,
        exDividend: FixedDecimal = .zero, state: FigureState = .confirmed
    ) {
        self.position = position
        self.at = at
        self.kind = kind
        self.quantity = quantity
        self.currency = currency
        self.multiplier = multiplier
        self.units = units ?? multiplier
        self.isFuture = isFuture
        self.daysToExpiry = daysToExpiry
        self.averageOpenPrice = averageOpenPrice
        self.mark = mark
        self.underlyingPrice = underlyingPrice
        self.greeks = greeks
        self.source = source
        self.volatility = volatility
        self.rate = rate
        self.fx = fx
        self.fills = fills
        self.cash = cash
        self.exDividend = exDividend
        self.state = state
    }
}
