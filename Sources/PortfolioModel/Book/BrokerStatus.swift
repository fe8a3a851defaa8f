/// How a broker's connection stands. `live` is earned by received data, not by an open socket.
package enum BrokerState: String, Sendable, CaseIterable, Codable {
    case starting, live, degraded, stale, needsLogin, held, stopped

    /// Whether a monitor should take it as healthy.
    package var isHealthy: Bool { self == .live }
}

/// One broker's health as users see it.
package struct BrokerStatus: Sendable, Hashable, Codable {
    package let broker: BrokerID
    package var state: BrokerState
    /// Since when it has been live, or has not been.
    package var since: Timestamp
    package var lastGoodAt: Timestamp?
    /// What a person should know or do; nil when all is well.
    package var message: String?
    package var streams: [StreamStatus]

    package init(
        broker: BrokerID, state: BrokerState, since: Timestamp, lastGoodAt: Timestamp? = nil, message: String? = nil,
        streams: [StreamStatus] = []
    ) {
        self.broker = broker
        self.state = state
        self.since = since
        self.lastGoodAt = lastGoodAt
        self.message = message
        self.streams = streams
    }
}

/// One stream of a broker: how many symbols it was asked for and how many have spoken since it was last connected.
package struct StreamStatus: Sendable, Hashable, Codable {
    package var name: String
    package var subscribed: Int
    package var receiving: Int
    package var lastEventAt: Timestamp?

    package init(name: String, subscribed: Int = 0, receiving: Int = 0, lastEventAt: Timestamp? = nil) {
        self.name = name
        self.subscribed = subscribed
        self.receiving = receiving
        self.lastEventAt = lastEventAt
    }
}
