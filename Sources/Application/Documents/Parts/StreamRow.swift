import PortfolioModel

/// One stream of a broker: how many symbols were asked for and how many have spoken.
struct StreamRow: Codable, Sendable, Equatable {
    var name: String
    var subscribed: Int
    var receiving: Int
    @ExplicitNull var lastEventAt: Timestamp?

    init(_ stream: StreamStatus) {
        name = stream.name
        subscribed = stream.subscribed
        receiving = stream.receiving
        lastEventAt = stream.lastEventAt
    }
}
