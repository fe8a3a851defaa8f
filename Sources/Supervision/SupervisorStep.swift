package import BrokerKit
package import PortfolioModel

/// One thing done to the book, whole and without a wait up to the change it makes. These in their order, with the
/// clock's readings, decide everything the book will be.
package enum SupervisorStep: Sendable {
    case begin
    case tick
    case rates([FXRate])
    case received([BrokerEvent], from: BrokerID)
    case imported(ImportDocument, of: BrokerID, ImportBatch)
    case aged(BrokerID)
    /// The notes were read; changes nothing.
    case noted([String])
}
