/// How one position stood at one instant: what P&L attribution is computed between (domain.md, P&L attribution).
/// Between two consecutive edges of a position,
/// `P&L = quantity x multiplier x mark (later) - the same (earlier) + tradeCash + income - fees` of the later one.
package struct ValuationEdge: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// The first look of a run: nothing was watched before it.
        case start
        /// A session's open.
        case open
        /// A session's close.
        case close
        /// The quantity changed: a fill, an expiry, an assignment, a correction.
        case fill
        /// Somebody asked for it.
        case manual
    }

    package let position: PositionKey
    package let at: Timestamp
    package let kind: Kind
    /// Signed, after the edge.
    package var quantity: FixedDecimal
    /// Per unit of quoted price, native currency. With a quantity of zero: the last mark before it was closed.
    package var mark: FixedDecimal?
    package var underlyingPrice: FixedDecimal?
    /// Unit Greeks as in domain.md; nil where unknown.
    package var volatility: Double?
    package var delta: Double?
    package var gamma: Double?
    package var theta: Double?
    package var vega: Double?
    package var rho: Double?
    /// Units of base currency per unit of the instrument's.
    package var fx: FixedDecimal?
    /// The position's average open price then, without fees; nil where nobody said, or it was of another quantity.
    package var averageOpenPrice: FixedDecimal?
    /// Of the figures; `unknown` when there is no mark.
    package var state: FigureState
    /// When mark and Greeks were true; may be a moment before or after `at`.
    package var asOf: Timestamp
    /// Whose Greeks: `tastytrade`, `model`, `carried`, `definition`.
    package var greeksSource: String
    /// What happened since the position's previous edge.
    package var events: EdgeEvents

    package init(
        position: PositionKey, at: Timestamp, kind: Kind, quantity: FixedDecimal, state: FigureState, asOf: Timestamp,
        greeksSource: String = "", events: EdgeEvents = EdgeEvents()
    ) {
        self.position = position
        self.at = at
        self.kind = kind
        self.quantity = quantity
        self.state = state
        self.asOf = asOf
        self.greeksSource = greeksSource
        self.events = events
    }
}

/// Account history of one position between two edges, in the instrument's currency.
package struct EdgeEvents: Sendable, Hashable, Codable {
    /// Signed: bought positive.
    package var tradedQuantity: FixedDecimal
    /// Effect of the trades on cash before fees: bought negative. Of a future, which is paid for by its variation, what
    /// the contracts would have cost at the fills' prices.
    package var tradeCash: FixedDecimal
    /// Of the traded quantity, what was a future's and has no price.
    package var unpricedQuantity: FixedDecimal
    /// Dividends and interest, signed.
    package var income: FixedDecimal
    /// Commissions and fees, positive when paid.
    package var fees: FixedDecimal

    package init(
        tradedQuantity: FixedDecimal = .zero, tradeCash: FixedDecimal = .zero, unpricedQuantity: FixedDecimal = .zero,
        income: FixedDecimal = .zero, fees: FixedDecimal = .zero
    ) {
        self.tradedQuantity = tradedQuantity
        self.tradeCash = tradeCash
        self.unpricedQuantity = unpricedQuantity
        self.income = income
        self.fees = fees
    }
}

/// A risk figure as it was computed once: stored with its time, so that it never shows without its age.
package struct StoredRiskResult: Sendable, Hashable {
    /// `var`, `scenarios`, `attribution`: one word a kind of document.
    package var kind: String
    /// JSON of what it was computed with; results of equal kind and parameters replace each other as the latest.
    package var parameters: String
    /// The result, JSON.
    package var json: String
    /// Sequence of the book it was computed on.
    package var sequence: UInt64
    package var at: Timestamp

    package init(kind: String, parameters: String, json: String, sequence: UInt64, at: Timestamp) {
        self.kind = kind
        self.parameters = parameters
        self.json = json
        self.sequence = sequence
        self.at = at
    }
}
