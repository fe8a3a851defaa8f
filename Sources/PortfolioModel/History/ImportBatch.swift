/// One imported file: the raw bytes and what they are known by. Its rows commit in the same transaction.
package struct ImportBatch: Sendable, Hashable, Codable {
    /// SHA-256 of the raw bytes, lower-case hexadecimal; the batch's identity.
    package var sha256: String
    package var broker: BrokerID
    /// Last path component only.
    package var fileName: String
    package var layout: String
    package var asOf: Timestamp
    package var importedAt: Timestamp
    package var accounts: [AccountID]
    package var bytes: [UInt8]

    package init(
        sha256: String, broker: BrokerID, fileName: String, layout: String, asOf: Timestamp, importedAt: Timestamp,
        accounts: [AccountID], bytes: [UInt8]
    ) {
        self.sha256 = sha256
        self.broker = broker
        self.fileName = fileName
        self.layout = layout
        self.asOf = asOf
        self.importedAt = importedAt
        self.accounts = accounts
        self.bytes = bytes
    }
}
