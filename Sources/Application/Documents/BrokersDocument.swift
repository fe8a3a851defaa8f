import PortfolioModel
import Risk

/// `brokers --json`: every broker this build knows, what it can do, and how it stands.
struct BrokersDocument: Document {
    static let schemaName = "tributary.brokers/1"

    /// What the catalogue and the configuration say of a broker, whether it runs or not.
    struct Entry: Codable, Sendable, Equatable {
        var broker: String
        var name: String
        var enabled: Bool
        /// `positions`, `quotes`, `greeks` and so on; what it cannot do is not listed.
        var capabilities: [String]
    }

    struct Row: Codable, Sendable, Equatable {
        var broker: String
        var name: String
        var enabled: Bool
        var capabilities: [String]
        /// Null for a broker that is not enabled or has never run.
        @ExplicitNull var status: BrokerRow?
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var brokers: [Row]

    init(catalogue: [Entry], view: PortfolioView, options: DocumentOptions) {
        sequence = view.sequence
        asOf = view.at
        brokers = catalogue.map { entry in
            let status = view.brokers.first { $0.broker.name == entry.broker }
            return Row(
                broker: entry.broker, name: entry.name, enabled: entry.enabled,
                capabilities: entry.capabilities.sorted(),
                status: status.map { BrokerRow($0, view: view, options: options) })
        }
    }
}
