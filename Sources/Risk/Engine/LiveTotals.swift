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
        mutating func replace(
            _ old: Int128, _ oldState: Contribution.State, _ new: Int128, _ newState: Contribution.State
        ) {
            raw &+= new &- old
            missing &+= count(newState == .unknown, oldState == .unknown)
            stale &+= count(newState == .stale, oldState == .stale)
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

    /// Absolute q d S of positions with known Greeks / of all, 0...1; nil while a position's is not known.
    package var covered: Double? {
        let all = exposure.value
        return exposed == positions && all > 0 ? coveredExposure.value / all : nil
    }

    /// Puts one contribution in another's place; either may be `.nothing`. In place: copies of the two were a fifth of
    /// a quote's way.
    @inline(__always)
    mutating func replace(_ old: inout Contribution, with new: borrowing Contribution) {
        let (was, now) = (old.states, new.states)
        positions &+= count(new.isPosition, old.isPosition)
        marketValue.replace(old.marketValue, was.marketValue, new.marketValue, now.marketValue)
        notional.replace(old.notional, was.notional, new.notional, now.notional)
        dayPnL.replace(old.day, was.day, new.day, now.day)
        unrealizedPnL.replace(old.unrealized, was.unrealized, new.unrealized, now.unrealized)
        realizedPnLToday.replace(old.realized, was.realized, new.realized, now.realized)
        missingGreeks &+= count(now.greeks == .unknown, was.greeks == .unknown)
        staleGreeks &+= count(now.greeks == .stale, was.greeks == .stale)
        dollarDelta.add(parts: new.dollarDelta &- old.dollarDelta)
        dollarGamma.add(parts: new.dollarGamma &- old.dollarGamma)
        theta.add(parts: new.theta &- old.theta)
        vega.add(parts: new.vega &- old.vega)
        rho.add(parts: new.rho &- old.rho)
        exposed &+= count(new.isExposed, old.isExposed)
        exposure.add(parts: new.exposure &- old.exposure)
        let covered = (now.greeks == .unknown ? 0 : new.exposure) &- (was.greeks == .unknown ? 0 : old.exposure)
        coveredExposure.add(parts: covered)
        old = copy new
    }
}

/// What a count changes by when `now` takes the place of `before`.
@inline(__always)
private func count(_ now: Bool, _ before: Bool) -> Int { (now ? 1 : 0) &- (before ? 1 : 0) }
