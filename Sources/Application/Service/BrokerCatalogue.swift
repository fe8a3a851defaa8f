import BrokerKit
import Fidelity
import Logging
import PortfolioModel
import Tastytrade

/// The one list of brokers: an entry makes the broker from configuration and says what reads its files.
struct BrokerCatalogue: Sendable {
    struct Entry: Sendable {
        var id: BrokerID
        /// As its owner writes it.
        var name: String
        var capabilities: BrokerCapabilities
        /// How its symbols are read, also without the broker.
        var symbology: any Symbology
        /// Reads recorded bytes once more, where the broker has a conversation.
        var wireCheck: (any WireCheck)?
        /// Makes the broker and the transports it owns; nil when configuration does not enable it.
        var make: @Sendable (ServiceConfiguration, BrokerContext) throws -> MadeBroker?
        /// Reads the broker's files, where it has some.
        var reader: (any FileReader)?
    }

    static let entries: [Entry] = [
        Entry(
            id: BrokerID("tastytrade"), name: "tastytrade",
            capabilities: [.positions, .history, .quotes, .greeks, .priceHistory],
            symbology: TastytradeSymbology(), wireCheck: TastytradeWireCheck(), make: makeTastytrade, reader: nil),
        Entry(
            id: BrokerID("fidelity"), name: "Fidelity", capabilities: [.positions, .fileImport],
            symbology: FidelityBroker().symbology, make: makeFidelity,
            reader: FidelityPositionsReader(clock: SystemClock())),
    ]

    /// Those whose feeds state Greeks.
    static var greeksFeeds: Set<BrokerID> { Set(entries.filter { $0.capabilities.contains(.greeks) }.map(\.id)) }

    static func reader(for broker: String) throws(CommandError) -> any FileReader {
        guard let entry = entries.first(where: { $0.id.name == broker }) else {
            throw CommandError(
                "unknown-broker", "there is no broker \(broker)",
                fix: "one of: \(entries.map(\.id.name).joined(separator: ", "))", exit: .usage)
        }
        guard let reader = entry.reader else {
            throw CommandError(
                "no-file-import", "\(broker) has an API; its data is not imported from files",
                fix: "use: tributary sync --broker \(broker)", exit: .usage)
        }
        return reader
    }
}

extension BrokerCatalogue.Entry {
    func documented(_ enabled: Bool) -> BrokersDocument.Entry {
        BrokersDocument.Entry(broker: id.name, name: name, enabled: enabled, capabilities: capabilities.names)
    }
}

extension [MadeBroker] {
    func contains(_ id: BrokerID) -> Bool { contains { $0.broker.id == id } }
}

/// What a broker is made with.
struct BrokerContext: Sendable {
    var clock: any ServiceClock
    var seed: UInt64
    var logger: Logger
    /// What a broker hears and reads goes here as well.
    var recording: Recording?
}

/// A broker with what has to be shut down after it.
struct MadeBroker: Sendable {
    var broker: any Broker
    var shutdown: @Sendable () async -> Void
}
