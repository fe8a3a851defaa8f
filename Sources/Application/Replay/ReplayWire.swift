import BrokerKit
import PortfolioModel

/// The recorded bytes of every broker on their way through its parsers.
struct ReplayWire {
    private var checks: [BrokerID: any WireCheck] = [:]
    /// The newest first: a broker may have taken the newest wish a moment after the supervisor had it.
    private var wishes: [BrokerID: [[MarketDataRequest]]] = [:]

    init() {
        for entry in BrokerCatalogue.entries { checks[entry.id] = entry.wireCheck }
    }

    var readCount: Int { checks.values.reduce(0) { $0 + $1.readCount } }
    var unreadable: [String] { checks.keys.sorted().flatMap { checks[$0]?.unreadable ?? [] } }

    mutating func take(_ exchange: RecordedExchange) {
        guard let status = exchange.status, let body = exchange.body else { return }
        checks[BrokerID(exchange.broker)]?.answered(exchange.target, status: status, body.bytes)
    }

    mutating func take(_ socket: RecordedSocket, wanted: [MarketDataRequest]) -> WireDifference? {
        guard case .received(let messages) = socket.event else { return nil }
        let broker = BrokerID(socket.broker)
        var known = wishes[broker] ?? []
        if known.first != wanted { known = Array(([wanted] + known).prefix(4)) }
        wishes[broker] = known
        do throws(WireDifference) {
            try checks[broker]?.received(messages.map(\.bytes), on: socket.connection, wanted: known)
        } catch { return error }
        return nil
    }

    mutating func delivered(_ events: [BrokerEvent], by broker: BrokerID) -> WireDifference? {
        do throws(WireDifference) { try checks[broker]?.delivered(events) } catch { return error }
        return nil
    }
}
