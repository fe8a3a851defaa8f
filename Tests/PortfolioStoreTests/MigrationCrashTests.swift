import Foundation
import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

/// A migration is killed in the middle, again and again: the old version must be intact, or the new one whole.
@Suite(.serialized)
struct MigrationCrashTests {
    private static let pathKey = "TRIBUTARY_MIGRATION_STORE"
    /// Kills in all; scripts/faults asks for many.
    private static let rounds = Int(ProcessInfo.processInfo.environment["TRIBUTARY_CRASH_ROUNDS"] ?? "") ?? 6
    private static let rows = 60_000

    /// A further step that takes long enough to be met in the middle.
    private static var next: StoreSchema {
        var schema = StoreSchema.current
        schema.steps.append(
            .init(name: "next") { db, _ in
                try db.execute(sql: "CREATE TABLE novelty(x INTEGER NOT NULL, y TEXT NOT NULL) STRICT")
                // A cache of ten pages makes SQLite write long before the commit.
                try db.execute(sql: "PRAGMA cache_size = 10")
                try db.execute(
                    sql: """
                        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < \(rows))
                        INSERT INTO novelty SELECT x, hex(randomblob(20)) FROM n
                        """)
            })
        return schema
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[pathKey] != nil))
    func migrator_migratesUntilItIsKilled() throws {
        let path = try #require(ProcessInfo.processInfo.environment[Self.pathKey])
        FileHandle.standardOutput.write(Data("begun\n".utf8))
        let store = try PortfolioStore.open(
            path, stamp: .sandbox, backups: path + "-backups", schema: Self.next, clock: StillClock())
        FileHandle.standardOutput.write(Data("migrated\n".utf8))
        try store.checkpointAndClose()
    }

    @Test func killedMigration_leavesTheOldVersionOrTheNewOne() throws {
        var usual = try usualDuration()
        var (old, new, cut) = (0, 0, 0)
        for round in 0..<Self.rounds {
            let fixture = try StoreFixture()
            try fill(fixture)
            // Somewhere in this round's share of the time that a migration takes.
            let moment = usual * (Double(round) + .random(in: 0..<1)) / Double(Self.rounds)
            if let taken = try migrate(fixture, killAfter: moment) {
                // It was faster than usual: other work has ended meanwhile.
                usual = min(usual, taken)
            } else {
                cut += 1
            }
            if fixture.refusal({ try fixture.open().checkpointAndClose() }) == .newerSchema {
                new += 1
            } else {
                old += 1
                let store = try fixture.open()
                #expect(try store.database.read { try $0.tableExists("novelty") } == false)
                try check(store)
            }
            // Going on from wherever it stopped ends in the new version, whole.
            let store = try fixture.open(schema: Self.next)
            let count = try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM novelty") }
            #expect(count == Self.rows)
            try check(store)
        }
        #expect(cut > 0, "no kill met a migration")
        print("migration: \(Self.rounds) kills (\(cut) in the middle): \(old) old, \(new) new, 0 lost")
    }

    private func fill(_ fixture: StoreFixture) throws {
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        try store.checkpointAndClose()
    }

    private func check(_ store: PortfolioStore) throws {
        #expect(try store.loadBook(base: .usd).sequence == 1)
        #expect(try store.verify().isEmpty)
        try store.checkpointAndClose()
    }

    /// Seconds that a migration takes here when nobody disturbs it: the middle of three.
    private func usualDuration() throws -> Double {
        let taken = try (0..<3).map { _ in
            let fixture = try StoreFixture()
            try fill(fixture)
            return try #require(try migrate(fixture, killAfter: 60))
        }
        return taken.sorted()[1]
    }

    /// Starts a migration and kills it so many seconds after its first word. Seconds from there to its last word; nil
    /// when it was cut short.
    private func migrate(_ fixture: StoreFixture, killAfter seconds: Double) throws -> Double? {
        let migrator = Process()
        let output = Pipe()
        migrator.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        migrator.arguments = ["--testing-library", "swift-testing", "--filter", "migrator_migratesUntilItIsKilled"]
        migrator.environment = ProcessInfo.processInfo.environment.merging([Self.pathKey: fixture.path]) { $1 }
        migrator.standardOutput = output
        migrator.standardError = FileHandle.nullDevice
        try migrator.run()
        var text = ""
        func read(until word: String) {
            while !text.contains(word) {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { return }
                text += String(decoding: data, as: UTF8.self)
            }
        }
        read(until: "begun")
        let begun = ContinuousClock.now
        let process = migrator.processIdentifier
        let end = DispatchWorkItem { kill(process, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: end)
        read(until: "migrated")
        let taken = ContinuousClock.now - begun
        _ = try? output.fileHandleForReading.readToEnd()
        migrator.waitUntilExit()
        end.cancel()
        return text.contains("migrated") ? taken / .seconds(1) : nil
    }
}
