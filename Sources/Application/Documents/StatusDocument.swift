import PortfolioModel
import Risk

/// `status --json`: everything at a glance, in base currency.
struct StatusDocument: Document {
    static let schemaName = "tributary.status/1"
    /// Positions with at most so many days to expiry are listed as expiring.
    static let expiringWithinDays = 7

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var service: ServiceInfo
    var brokers: [BrokerRow]
    var book: BookCounts
    var totals: StatusTotals
    var accounts: [AccountRow]
    var underlyings: [UnderlyingRow]
    var expiring: [ExpiringRow]
    /// Refused feeds, identity conflicts: what deserves a person's eye.
    var alarms: [String]

    /// - Parameter weighting: nil where betas are not read, as in a recording.
    init(
        view: PortfolioView, service: ServiceInfo, options: DocumentOptions, weighting: BetaWeighting? = nil
    ) {
        sequence = view.sequence
        asOf = view.at
        self.service = service
        brokers = view.brokers.map { BrokerRow($0, view: view, options: options) }
        book = BookCounts(view.totals.counts)
        totals = StatusTotals(view.totals, base: view.base, beta: view.betaWeightedDelta(weighting))
        accounts = view.accounts.map { AccountRow($0, base: view.base, options: options) }
        underlyings = view.groups.map(UnderlyingRow.init)
        expiring = view.positions
            .compactMap { ExpiringRow($0, within: Self.expiringWithinDays, options: options) }
        alarms = view.alarms
    }

    /// What the exit code of `status` tells a monitor: 0 when no broker is worse than live, 2 otherwise.
    var exitCode: Int32 { brokers.allSatisfy { $0.state == BrokerState.live.rawValue } ? 0 : 2 }
}
