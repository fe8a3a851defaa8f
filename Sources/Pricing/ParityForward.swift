/// The forward price that a strip of European options implies where no future is quoted: put-call parity,
/// C - P = e^(-rT) (F - K), strike by strike.
package enum ParityForward {
    /// Bid and ask of the call and the put of one strike, per unit.
    package struct Strike: Sendable, Hashable {
        package var strike: Double
        package var callBid: Double
        package var callAsk: Double
        package var putBid: Double
        package var putAsk: Double

        package init(strike: Double, callBid: Double, callAsk: Double, putBid: Double, putAsk: Double) {
            self.strike = strike
            self.callBid = callBid
            self.callAsk = callAsk
            self.putBid = putBid
            self.putAsk = putAsk
        }
    }

    /// A forward with what it rests on.
    package struct Estimate: Sendable, Hashable {
        package var forward: Double
        /// Half the width that the quotes leave open: no parity trade at these quotes says more.
        package var uncertainty: Double
        /// Strikes that were averaged, the nearest to the forward first.
        package var strikes: [Double]
    }

    /// Why a strip gives no forward.
    package enum Failure: String, Error, Sendable, Equatable, CaseIterable {
        /// No strike has a sane two-sided quote of both call and put.
        case noQuotes
        /// Time or rate is not a number, or the option has expired.
        case badInput
        /// The strikes' bounds contradict one another by more than their quotes' widths.
        case inconsistent
    }

    /// Strikes that are averaged at most: far ones are wide and early exercise or dividends bend them.
    package static let mostStrikes = 5

    /// Every strike's quotes bound the forward from both sides. The strikes with the narrowest bounds, which are those
    /// near the money, are averaged with weights of one over the width squared; a strike whose bounds do not meet the
    /// median is left out, so that one stale quote cannot move the forward. Throws why there is none.
    package static func estimate(
        _ strip: [Strike], years: Double, rate: Double
    ) throws(Failure) -> Estimate {
        guard years > 0, years.isFinite, rate.isFinite else { throw .badInput }
        let growth = exponential(rate * years)
        let bounds = strip.filter(\.isSane).map { Bounds($0, growth) }
        guard !bounds.isEmpty else { throw .noQuotes }
        let nearest = bounds.sorted { ($0.width, $0.strike) < ($1.width, $1.strike) }.prefix(mostStrikes)
        let middles = nearest.map(\.middle).sorted()
        let median = (middles[(middles.count - 1) / 2] + middles[middles.count / 2]) / 2
        let kept = nearest.filter { $0.low <= median && median <= $0.high }
        guard 2 * kept.count >= nearest.count, !kept.isEmpty else { throw .inconsistent }
        let weights = kept.map { 1 / max($0.width * $0.width, 1e-24 * median * median) }
        let total = weights.reduce(0, +)
        let forward = zip(kept, weights).reduce(0) { $0 + $1.0.middle * $1.1 } / total
        return Estimate(
            forward: forward, uncertainty: kept.map(\.width).min().map { $0 / 2 } ?? .nan,
            strikes: kept.sorted { ($0.strike - forward).magnitude < ($1.strike - forward).magnitude }.map(\.strike))
    }

    private struct Bounds {
        let strike: Double
        let low: Double
        let high: Double
        var width: Double { high - low }
        var middle: Double { (low + high) / 2 }

        init(_ quotes: Strike, _ growth: Double) {
            strike = quotes.strike
            low = strike + growth * (quotes.callBid - quotes.putAsk)
            high = strike + growth * (quotes.callAsk - quotes.putBid)
        }
    }
}

extension ParityForward.Strike {
    /// Both sides of both options, not crossed, with a bid above 0.
    var isSane: Bool {
        let figures = [strike, callBid, callAsk, putBid, putAsk]
        return figures.allSatisfy(\.isFinite) && strike > 0 && callBid > 0 && putBid > 0 && callAsk >= callBid
            && putAsk >= putBid
    }
}
