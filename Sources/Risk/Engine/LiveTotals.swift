package import PortfolioModel

/// The book's totals in base currency, kept by difference: what is known of each, and how many parts lack it. They are
/// what a `PortfolioView` sums anew, to the last place; names and ages of parts are the view's.
package struct LiveTotals: Sendable, Equatable {
    /// A sum of exact amounts.
    package struct Sum: Sendable, Equatable {
        private var raw: Int128 = 0
        /// How many parts are stale, and how many have no figure.
        package private(set) var stale = 0
        package private(set) var missing = 0

        /// What is known; nil when the sum itself leaves the range of money.
        package var known: FixedDecimal? { try? FixedDecimal(raw: raw) }
        package var state: FigureState { missing > 0 ? .unknown : stale > 0 ? .stale : .confirmed }

        @inline(__always)
        mutating func change(_ amount: Contribution.Amount, by sign: Int) {
            switch amount.state {
            case .unknown: missing &+= sign
            case .stale: stale &+= sign
            case .confirmed: break
            }
            raw &+= sign > 0 ? amount.raw : -amount.raw
        }
    }

    package private(set) var marketValue = Sum()
    package private(set) var notional = Sum()
    package private(set) var dayPnL = Sum()
    package private(set) var unrealizedPnL = Sum()
    package private(set) var realizedPnLToday = Sum()
    package private(set) var positions = 0
    /// How many positions' Greeks are stale, and how many have none.
    package private(set) var staleGreeks = 0
    package private(set) var missingGreeks = 0
    private var dollarDelta = ExactSum()
    private var dollarGamma = ExactSum()
    private var theta = ExactSum()
    private var vega = ExactSum()
    private var rho = ExactSum()
    private var exposure = ExactSum()
    private var coveredExposure = ExactSum()
    private var exposed = 0

    package var greeks: MoneyGreeks {
        MoneyGreeks(
            dollarDelta: dollarDelta.value, dollarGamma1pct: dollarGamma.value, theta: theta.value, vega: vega.value,
            rho: rho.value)
    }

    /// Absolute q d S of positions with known Greeks / of all, 0...1; nil when no price is known at all.
    package var covered: Double? {
        let all = exposure.value
        return exposed > 0 && all > 0 ? coveredExposure.value / all : nil
    }

    /// `sign` is 1 to add and -1 to remove what was added before.
    mutating func change(_ part: Contribution, by sign: Int) {
        positions &+= sign
        marketValue.change(part.marketValue, by: sign)
        if let notional = part.notional { self.notional.change(notional, by: sign) }
        dayPnL.change(part.day, by: sign)
        unrealizedPnL.change(part.unrealized, by: sign)
        realizedPnLToday.change(part.realized, by: sign)
        change(part.greeks, by: sign)
        guard let units = part.exposure else { return }
        exposed &+= sign
        let signed = sign > 0 ? units : -units
        exposure.add(parts: signed)
        if part.greeks.state != .unknown { coveredExposure.add(parts: signed) }
    }

    private mutating func change(_ part: GreeksParts, by sign: Int) {
        switch part.state {
        case .unknown: return missingGreeks &+= sign
        case .stale: staleGreeks &+= sign
        case .confirmed: break
        }
        let factor = Int128(sign)
        dollarDelta.add(parts: part.dollarDelta &* factor)
        dollarGamma.add(parts: part.dollarGamma &* factor)
        theta.add(parts: part.theta &* factor)
        vega.add(parts: part.vega &* factor)
        rho.add(parts: part.rho &* factor)
    }
}
