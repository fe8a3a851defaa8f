import PortfolioModel
import Risk

/// One broker's health, its accounts and its streams.
struct BrokerRow: Codable, Sendable, Equatable {
    struct AccountItem: Codable, Sendable, Equatable {
        var id: String
        var number: String
        @ExplicitNull var asOf: Timestamp?
        var state: FigureState
    }

    var broker: String
    /// A `BrokerState`: `starting live degraded stale needsLogin held stopped`.
    var state: String
    var since: Timestamp
    @ExplicitNull var lastGoodAt: Timestamp?
    /// What a person should know or do; null when all is well.
    @ExplicitNull var message: String?
    var accounts: [AccountItem]
    var streams: [StreamRow]

    init(_ status: BrokerStatus, view: PortfolioView, options: DocumentOptions) {
        broker = status.broker.name
        state = status.state.rawValue
        since = status.since
        lastGoodAt = status.lastGoodAt
        message = status.message
        accounts = view.accountsByID.values.filter { $0.key.broker == status.broker }.sorted { $0.id < $1.id }.map {
            AccountItem(id: $0.id.text, number: options.number($0.key), asOf: $0.asOf, state: $0.state)
        }
        streams = status.streams.map(StreamRow.init)
    }
}
