import BrokerKit
import PortfolioModel

/// The supervisor's wishes as the feed takes them.
struct FeedRequests: Sendable {
    /// Two instruments that the master keeps apart may go by one symbol.
    private(set) var handles: [String: [MarketHandle]] = [:]
    private(set) var subscriptions: Set<FeedSubscription> = []

    init(_ requests: [MarketDataRequest]) {
        for request in requests {
            let symbol = request.symbol.text
            if handles[symbol]?.contains(request.handle) != true { handles[symbol, default: []].append(request.handle) }
            for type in Self.types(for: request.kind) {
                subscriptions.insert(FeedSubscription(type: type, symbol: symbol))
            }
        }
    }

    var isEmpty: Bool { subscriptions.isEmpty }

    private static func types(for kind: InstrumentKind) -> [FeedEventType] {
        switch kind {
        case .equity, .etf, .index: [.quote, .trade, .summary, .profile]
        case .equityOption, .indexOption, .futureOption: [.quote, .trade, .summary, .greeks]
        case .future, .crypto, .fund, .bond, .cash: [.quote, .trade, .summary]
        }
    }
}
