import GRDB
import PortfolioModel

/// The steps that make a database what this program expects. Steps are only ever added, never changed.
struct StoreSchema: Sendable {
    /// From one version to the next.
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

    /// Brings the database up to this schema. All steps that it lacks run in one transaction with the version number,
    /// so that a kill leaves the version that was there before, or nothing in a new database.
    func migrate(_ database: DatabaseQueue, origin: Origin) throws {
        let names = steps.enumerated().map { "v\($0 + 1)-\($1.name)" }
        guard let newest = names.last else { return }
        var migrator = DatabaseMigrator()
        migrator.registerMigration(newest, merging: Set(names)) { db, _ in
            let before = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            for step in steps.dropFirst(before) { try step.apply(db, origin) }
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
        try migrator.migrate(database)
    }
}
