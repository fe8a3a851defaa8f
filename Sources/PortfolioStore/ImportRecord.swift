package import PortfolioModel

/// One imported file as the store lists it, without its bytes.
package struct ImportRecord: Sendable, Hashable {
    /// SHA-256 of the raw bytes, lower-case hexadecimal.
    package var sha256: String
    package var broker: BrokerID
    package var fileName: String
    package var layout: String
    package var asOf: Timestamp
    /// The latest time this file was applied.
    package var importedAt: Timestamp
    package var accounts: [AccountID]
    package var byteCount: Int
    /// Rows written by the latest application: positions and balances.
    package var rowCount: Int
}
