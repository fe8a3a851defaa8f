package import PortfolioModel
package import Pricing

/// Compares each feed's Greeks with the model's, option by option, and refuses a feed whose units are not the domain's:
/// vega per 1.00 of volatility shows as a ratio of 100, theta per year as 365, per trading day as 365/252.
///
/// One sample an option, the newest; so a feed that mends its units is accepted again.
package struct GreeksUnitMonitor: Sendable {
    private enum Greek: String, CaseIterable { case delta, gamma, theta, vega, rho }
    private struct Sample {
        var right: OptionRight
        var at: Timestamp
        var ratios: [Greek: Double]
    }

    /// Options that must agree before a feed is refused.
    package static let quorum = 5
    private static let share = 0.8
    /// Seconds between two samples of one option: units do not change from tick to tick, and a comparison needs the
    /// option's volatility solved.
    package static let interval = 10.0
    /// By the instrument's number: when its newest sample was taken.
    private var sampledAt: [Timestamp?] = []
    private var samples: [BrokerID: [InstrumentID: Sample]] = [:]
    /// Feeds that are refused, with the reason.
    package private(set) var refusals: [BrokerID: String] = [:]

    package init() {}

    /// Whether an option is to be compared at a time: it has no sample, or one as old as `interval`, or its feed stands
    /// refused and might have mended.
    package func isDue(_ source: BrokerID, _ id: InstrumentID, at: Timestamp) -> Bool {
        guard id.index < sampledAt.count, let last = sampledAt[id.index] else { return true }
        if at == last { return false }
        return refusals[source] != nil || at.seconds(since: last).magnitude >= Self.interval
    }

    /// Takes one option's feed Greeks beside the model's of the same moment. Figures too small to be compared are left
    /// out.
    package mutating func observe(
        _ source: BrokerID, _ id: InstrumentID, _ right: OptionRight, feed: GreeksEvent, model: OptionValuation,
        at: Timestamp
    ) {
        var ratios: [Greek: Double] = [:]
        if (0.1...0.9).contains(model.delta.magnitude) {
            for (greek, said, ours, least) in [
                (Greek.delta, feed.delta, model.delta, 0.1), (.gamma, feed.gamma, model.gamma, 1e-7),
                (.theta, feed.theta, model.theta, 1e-4), (.vega, feed.vega, model.vega, 1e-4),
                (.rho, feed.rho, model.rho, 1e-4),
            ] where said.isFinite && ours.magnitude > least {
                ratios[greek] = said / ours
            }
        }
        while sampledAt.count <= id.index { sampledAt.append(nil) }
        sampledAt[id.index] = at
        samples[source, default: [:]][id] = Sample(right: right, at: at, ratios: ratios)
        refusals[source] = verdict(source)
    }

    /// Forgets an option nobody holds any more.
    package mutating func forget(_ id: InstrumentID) {
        if id.index < sampledAt.count { sampledAt[id.index] = nil }
        for source in samples.keys where samples[source]?.removeValue(forKey: id) != nil {
            refusals[source] = verdict(source)
        }
    }

    private func verdict(_ source: BrokerID) -> String? {
        let rows = (samples[source] ?? [:]).values
        for greek in Greek.allCases {
            let seen = rows.compactMap { row in row.ratios[greek].map { (right: row.right, ratio: $0) } }
            guard seen.count >= Self.quorum else { continue }
            for (factor, words) in Self.factors {
                let near = seen.filter { Self.isNear($0.ratio, factor) }
                guard Double(near.count) >= Self.share * Double(seen.count) else { continue }
                // An interest rate other than ours moves theta of calls and puts apart, by about as much as trading
                // days would: so small a factor counts only where both agree.
                let calls = near.count { $0.right == .call }
                if factor.magnitude < 50 && factor > 0.02 && min(calls, near.count - calls) < 2 { continue }
                return "\(source)'s \(greek.rawValue) is \(words) the model's on \(near.count) of \(seen.count) options"
            }
        }
        return nil
    }

    private static let factors: [(factor: Double, words: String)] = [
        (100, "about 100 x"), (0.01, "about 1/100 of"), (365, "about 365 x"), (1 / 365.0, "about 1/365 of"),
        (365 / 252.0, "about 365/252 x"), (252 / 365.0, "about 252/365 of"),
    ]

    /// Within a third for the large factors, whose neighbours are far; within 8 % for the small ones.
    private static func isNear(_ ratio: Double, _ factor: Double) -> Bool {
        let relative = ratio / factor
        return factor > 0.02 && factor < 50 ? (0.92...1.08).contains(relative) : (0.67...1.5).contains(relative)
    }
}
