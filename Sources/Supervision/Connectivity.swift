import BrokerKit
import PortfolioModel

/// Health of the brokers as the events tell it. A pure value.
struct Connectivity: Sendable {
    private(set) var statuses: [BrokerID: BrokerStatus]

    init(_ statuses: [BrokerID: BrokerStatus]) { self.statuses = statuses }

    /// The status after an event, nil when the event changes nothing a person would see.
    mutating func observe(_ event: BrokerEvent, from broker: BrokerID, at now: Timestamp) -> BrokerStatus? {
        var status = statuses[broker] ?? BrokerStatus(broker: broker, state: .starting, since: now)
        let before = status
        switch event {
        case .health(let state, let message):
            // From degraded to stale is still one absence: its age, and the alert on it, go on.
            if status.state.isHealthy != state.isHealthy { status.since = now }
            status.state = state
            status.message = message
        case .alive(let time): status.lastGoodAt = max(status.lastGoodAt ?? time, time)
        case .snapshot(let snapshot):
            status.lastGoodAt = max(status.lastGoodAt ?? snapshot.asOf, snapshot.asOf)
        case .stream(let stream):
            if let place = status.streams.firstIndex(where: { $0.name == stream.name }) {
                status.streams[place] = stream
            } else {
                status.streams.append(stream)
                status.streams.sort { $0.name < $1.name }
            }
        default: return nil
        }
        guard status != before || statuses[broker] == nil else { return nil }
        statuses[broker] = status
        return status
    }
}

extension BrokerState {
    /// Whether accounts of a broker in this state can no longer be called confirmed.
    var makesAccountsStale: Bool {
        switch self {
        case .stale, .needsLogin, .held, .stopped: true
        case .starting, .live, .degraded: false
        }
    }
}
