package import PortfolioModel

/// What a `RiskActor` did. Its figures remember the past, so a replay has to take the same steps in the same order.
package enum RiskStep: Sendable, Hashable, Codable {
    /// Updates up to this sequence were applied in one go.
    case applied(through: UInt64)
    /// Started again from the book at this sequence.
    case replaced(UInt64, at: Timestamp)
    /// Moved to an instant and viewed there, holding this sequence.
    case viewed(UInt64, at: Timestamp)
}
