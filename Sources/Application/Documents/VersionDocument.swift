/// `version --json`.
struct VersionDocument: Document {
    static let schemaName = "tributary.version/1"

    var schema = schemaName
    var sequence: UInt64 = 0
    var version: String
    @ExplicitNull var commit: String?
    var configurationSchema: Int
    /// Last migration of the database that this build knows.
    var databaseSchema: String
    var documents: [String]

    init(version: String, commit: String? = nil, schemaVersion: some CustomStringConvertible) {
        self.version = version
        self.commit = commit
        configurationSchema = 1
        databaseSchema = "\(schemaVersion)"
        documents = [
            StatusDocument.schemaName, PositionsDocument.schemaName, GreeksDocument.schemaName,
            AccountsDocument.schemaName, BalancesDocument.schemaName, TransactionsDocument.schemaName,
            InstrumentsDocument.schemaName, BrokersDocument.schemaName, ImportReportDocument.schemaName,
            RiskDocument.schemaName, ExposureDocument.schemaName, ScenariosDocument.schemaName,
            ValueAtRiskDocument.schemaName, AttributionDocument.schemaName, WhatIfDocument.schemaName,
            PriceDocument.schemaName, FXDocument.schemaName, PricesDocument.schemaName, SyncDocument.schemaName,
            Self.schemaName,
        ].sorted()
    }
}
