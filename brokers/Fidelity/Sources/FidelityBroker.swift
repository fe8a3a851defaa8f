package import BrokerKit
package import PortfolioModel

/// Fidelity has no interface for its retail customers: its data comes as files, read by `FidelityPositionsReader`. This
/// broker holds no conversation; the imports speak for it.
package struct FidelityBroker: Broker {
    package static let defaultID = BrokerID("fidelity")

    package let id: BrokerID
    package var capabilities: BrokerCapabilities { [.positions, .fileImport] }
    package var symbology: any Symbology { FidelitySymbology() }

    package init(id: BrokerID = FidelityBroker.defaultID) { self.id = id }

    /// Waits until cancelled and delivers nothing: health is told from the age of the last import.
    package func run(_ sink: any BrokerSink) async throws {
        let (never, open) = AsyncStream.makeStream(of: Never.self, bufferingPolicy: .bufferingNewest(1))
        for await _ in never {}
        open.finish()
    }

    /// `synchronize` returns at once: the last import is in the book and there is nobody to ask for a newer one.
    /// `stream` is ignored, as nothing is priced here.
    package func perform(_ command: BrokerCommand) async throws {}

    /// Delivers nothing and returns, as `perform(.synchronize)`.
    package func synchronizeOnce(_ sink: any BrokerSink) async throws {}
}
