package import PortfolioModel
package import Pricing

/// Compares each feed's Greeks with the model's, option by option, and refuses a feed whose units are not the domain's:
/// vega per 1.00 of volatility shows as a ratio of 100, theta per year as 365, per trading day as 365/252.
///
/// One sample an option, the newest; so a feed that mends its units is accepted again.
package struct GreeksUnitMonitor: Sendable {
    /// Options that must agree before a feed is refused.
    package static let quorum = 5
    private static let share = 0.8
    /// Seconds between two samples of one option: units do not change from tick to tick, and a comparison needs the
    /// option's volatility solved.
    package static let interval = 10.0
    /// So many options are compared as they come; from then on they take turns, one in `pause` microseconds, so that a
    /// large book's comparisons are spread.
    package static let eager = 32
    private static let pause: UInt64 = 20_000
    /// By the instrument's number: when its newest sample was taken.
    private var sampledAt: [Timestamp?] = []
    private var sampled = 0
    private var newest: Timestamp?
    private var tallies: [BrokerID: UnitTally] = [:]
    /// Feeds that are refused, with the reason.
    package private(set) var refusals: [BrokerID: String] = [:]

    package init() {}

    /// Whether an option is to be compared at a time: it has no sample, or one as old as `interval`, or its feed stands
    /// refused and might have mended.
    package func isDue(_ source: BrokerID, _ id: InstrumentID, at: Timestamp) -> Bool {
        if isDueWithoutRefusals(id, at: at) { return true }
        return id.index < sampledAt.count && at != sampledAt[id.index] && refusals[source] != nil
    }

    /// The same while no feed stands refused. Whether it is any option's turn is asked first: that needs no look at the
    /// option's own sample, which on a large book is rarely in the cache.
    @inline(__always)
    func isDueWithoutRefusals(_ id: InstrumentID, at: Timestamp) -> Bool {
        if sampled >= Self.eager, let newest, (at.microseconds - newest.microseconds).magnitude < Self.pause {
            return false
        }
        guard id.index < sampledAt.count, let last = sampledAt[id.index] else { return true }
        return at != last && at.seconds(since: last).magnitude >= Self.interval
    }

    /// Takes one option's feed Greeks beside the model's of the same moment. Figures too small to be compared are left
    /// out.
    package mutating func observe(
        _ source: BrokerID, _ id: InstrumentID, _ right: OptionRight, feed: GreeksEvent, model: OptionValuation,
        at: Timestamp
    ) {
        pass(id, at: at)
        var tally = tallies.removeValue(forKey: source) ?? UnitTally()
        tally.put(GreeksRatios(feed: feed, model: model), right, of: id)
        refusals[source] = tally.verdict(source, quorum: Self.quorum, share: Self.share)
        tallies[source] = tally
    }

    /// Notes that an option's quote was there and gave nothing to compare with: it is tried again in an `interval`.
    mutating func pass(_ id: InstrumentID, at: Timestamp) {
        while sampledAt.count <= id.index { sampledAt.append(nil) }
        if sampledAt[id.index] == nil { sampled += 1 }
        sampledAt[id.index] = at
        newest = at
    }

    /// Forgets an option nobody holds any more.
    package mutating func forget(_ id: InstrumentID) {
        if id.index < sampledAt.count, sampledAt[id.index] != nil {
            sampledAt[id.index] = nil
            sampled -= 1
        }
        for source in tallies.keys where tallies[source]?.remove(id) == true {
            refusals[source] = tallies[source]?.verdict(source, quorum: Self.quorum, share: Self.share)
        }
    }
}
