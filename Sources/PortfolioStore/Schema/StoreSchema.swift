import GRDB
import PortfolioModel

/// The steps that make a database what this program expects. Steps are only ever added, never changed.
struct StoreSchema: Sendable {
    /// One migration. It runs in a transaction of its own, together with its version number.
    struct Step: Sendable {
        var name: String
        var apply: @Sendable (Database, Origin) throws -> Void
    }

    /// What a new store is told about itself.
    struct Origin: Sendable {
        var stamp: StoreStamp
        var createdAt: Timestamp
    }

    /// `TRIB` in SQLite's application_id.
    static let applicationID = 0x5452_4942

    static let current = StoreSchema(steps: [
        Step(name: "first", apply: createFirstSchema), Step(name: "market-history", apply: addMarketHistory),
        Step(name: "attribution", apply: addAttribution), Step(name: "orders", apply: addOrders),
    ])

    var steps: [Step]

    /// Number of steps; SQLite's user_version once all have run.
    var version: Int { steps.count }

    /// Brings the database up to this schema.
    func migrate(_ database: DatabaseQueue, origin: Origin) throws {
        var migrator = DatabaseMigrator()
        for (index, step) in steps.enumerated() {
            migrator.registerMigration("v\(index + 1)-\(step.name)") { db in
                try step.apply(db, origin)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        try migrator.migrate(database)
    }
}
