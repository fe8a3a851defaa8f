import Foundation
import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

struct StoreOpeningTests {
    let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    /// A store with one account, closed.
    private func makeClosed(stamp: StoreStamp = .sandbox) throws {
        let store = try fixture.open(stamp: stamp)
        try store.commit([SampleBook.update(1, SampleBook.accounts().map { .account($0) })])
        try store.checkpointAndClose()
    }

    private func mode(_ place: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: place)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    private func run(_ sql: String) throws {
        let database = try DatabaseQueue(path: fixture.path)
        try database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
    }

    @Test func open_setsFullSynchronous_andWriteAheadLog() throws {
        let store = try fixture.open()
        let (level, journal, keys) = try store.database.read { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            )
        }
        #expect(level == 2)
        #expect(journal == "wal")
        #expect(keys == 1)
    }

    @Test func open_makesFilesForTheOwnerOnly() throws {
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, SampleBook.accounts().map { .account($0) })])
        for suffix in ["", "-wal", "-shm", ".lock", ".stamp"] { #expect(try mode(fixture.path + suffix) == 0o600) }
        #expect(try mode(try store.backUp()) == 0o600)
        #expect(try mode(fixture.backups) == 0o700)
    }

    @Test func open_refusesFilesOpenToOthers() throws {
        try makeClosed()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: fixture.path)
        #expect(fixture.refusal { _ = try fixture.open() } == .open)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fixture.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: fixture.directory)
        #expect(fixture.refusal { _ = try fixture.open() } == .open)
    }

    @Test func open_isLocked_whileAnotherHoldsTheStore() throws {
        #expect(InstanceLock.holder(ofDatabase: fixture.path) == nil)
        let first = try fixture.open()
        #expect(InstanceLock.holder(ofDatabase: fixture.path) == getpid())
        let error = #expect(throws: StoreError.self) { _ = try fixture.open() }
        #expect(error?.code == .locked)
        #expect(error?.exitStatus == 75)
        try first.checkpointAndClose()
        #expect(fixture.refusal { _ = try fixture.open() } == nil)
    }

    @Test(arguments: [(StoreStamp.sandbox, StoreStamp.production), (.production, .sandbox)])
    func open_refusesTheWrongStamp(stored: StoreStamp, asked: StoreStamp) throws {
        try makeClosed(stamp: stored)
        #expect(fixture.refusal { _ = try fixture.open(stamp: asked) } == .wrongStamp)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path, stamp: asked) } == .wrongStamp)
        #expect(try PortfolioStore.openReadOnly(fixture.path).stamp == stored)
    }

    @Test(arguments: [true, false])
    func open_refusesALostDatabase_andNamesTheRestore(truncates: Bool) throws {
        try makeClosed()
        let store = try fixture.open()
        let backup = try store.backUp()
        try store.checkpointAndClose()
        if truncates {
            try Data().write(to: URL(fileURLWithPath: fixture.path))
        } else {
            try FileManager.default.removeItem(atPath: fixture.path)
        }
        let error = #expect(throws: StoreError.self) { _ = try fixture.open() }
        #expect(error?.code == .lost)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .lost)
        #expect(error?.fix.contains(backup) == true)
        try FileManager.default.removeItem(atPath: fixture.path + ".stamp")
        #expect(fixture.refusal { _ = try fixture.open() } == .lost)
        try FileManager.default.removeItem(atPath: backup)
        #expect(fixture.refusal { _ = try fixture.open() } == nil)
    }

    @Test func open_refusesANewerSchema() throws {
        try makeClosed()
        try run("PRAGMA user_version = 99")
        #expect(fixture.refusal { _ = try fixture.open() } == .newerSchema)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .newerSchema)
    }

    @Test func open_refusesAnotherProgramsDatabase_untouched() throws {
        try run("CREATE TABLE theirs(x)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fixture.path)
        let before = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        #expect(fixture.refusal { _ = try fixture.open() } == .refused)
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path)) == before)
    }

    @Test(arguments: ["header", "cut"])
    func open_refusesADamagedFile(damage: String) throws {
        try makeClosed()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        if damage == "cut" {
            bytes = bytes.prefix(bytes.count / 2)
        } else {
            bytes.replaceSubrange(0..<16, with: Data(repeating: 7, count: 16))
        }
        try bytes.write(to: URL(fileURLWithPath: fixture.path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fixture.path)
        #expect(fixture.refusal { _ = try fixture.open() } == .corrupt)
    }

    // MARK: Migration

    private func extended(_ sql: String) -> StoreSchema {
        var schema = StoreSchema.current
        schema.steps.append(.init(name: "next") { db, _ in try db.execute(sql: sql) })
        return schema
    }

    @Test func open_backsUpBeforeMigrating() throws {
        try makeClosed()
        let store = try fixture.open(schema: extended("CREATE TABLE novelty(x INTEGER) STRICT"))
        let names = store.files.backupNames()
        #expect(names.count == 1)
        let name = try #require(names.first)
        #expect(name.hasPrefix("portfolio.db-v\(StoreSchema.current.version)-"))
        #expect(try store.database.read { try $0.tableExists("novelty") })
        #expect(try store.loadBook(base: .usd).changes.count == 2)
        try store.checkpointAndClose()
        #expect(fixture.refusal { _ = try fixture.open() } == .newerSchema)
        let copy = try PortfolioStore.openReadOnly("\(fixture.backups)/\(name)")
        #expect(try copy.loadBook(base: .usd).changes.count == 2)
    }

    @Test func open_leavesTheOldDatabase_whenAMigrationFails() throws {
        try makeClosed()
        let broken = extended("CREATE TABLE novelty(x INTEGER) STRICT; SELECT * FROM nowhere")
        #expect(fixture.refusal { _ = try fixture.open(schema: broken) } == .refused)
        let store = try fixture.open()
        #expect(try store.database.read { try $0.tableExists("novelty") } == false)
        #expect(try store.loadBook(base: .usd).changes.count == 2)
    }

    /// Several steps are one step: what a kill or a failure of the last one leaves is the version before the first.
    @Test func open_leavesTheVersionBeforeAllSteps_whenTheLastOneFails() throws {
        let old = StoreSchema(steps: Array(StoreSchema.current.steps.prefix(1)))
        try fixture.open(schema: old).checkpointAndClose()
        #expect(fixture.refusal { _ = try fixture.open(schema: extended("SELECT * FROM nowhere")) } == .refused)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .refused)
        try fixture.open(schema: old).checkpointAndClose()
        try fixture.open().checkpointAndClose()
        #expect(try PortfolioStore.openReadOnly(fixture.path).verify().isEmpty)
    }

    /// A new database whose making was cut off is none, and is made by the next start.
    @Test func openReadOnly_findsNoDatabase_whenItsMakingWasCutOff() throws {
        #expect(fixture.refusal { _ = try fixture.open(schema: extended("SELECT * FROM nowhere")) } == .refused)
        #expect(try #require(FileManager.default.attributesOfItem(atPath: fixture.path)[.size] as? Int) > 0)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .missing)
        try fixture.open().checkpointAndClose()
        #expect(try PortfolioStore.openReadOnly(fixture.path).verify().isEmpty)
    }

    /// A database whose steps were once recorded one by one goes on from where it is.
    @Test func open_goesOnFromStepsRecordedOneByOne() throws {
        try makeClosed()
        let count = StoreSchema.current.version
        try run("INSERT OR IGNORE INTO grdb_migrations VALUES ('v1-first'), ('v2-market-history'), ('v3-attribution')")
        let store = try fixture.open(schema: extended("CREATE TABLE novelty(x INTEGER) STRICT"))
        #expect(try store.database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == count + 1)
        #expect(try store.loadBook(base: .usd).changes.count == 2)
        #expect(try store.verify().isEmpty)
    }

    @Test func open_makesNoBackup_whenNothingIsMigrated() throws {
        try makeClosed()
        #expect(try fixture.open().files.backupNames().isEmpty)
    }

    // MARK: Reading beside a service

    @Test func openReadOnly_seesWhatAServiceWrites() throws {
        let writer = try fixture.open()
        let reader = try PortfolioStore.openReadOnly(fixture.path)
        #expect(try reader.loadBook(base: .usd).sequence == 0)
        try writer.commit([SampleBook.update(1, try SampleBook.changes())])
        #expect(try reader.loadBook(base: .usd).sequence == 1)
        #expect(fixture.refusal { try reader.commit([SampleBook.update(2, [])]) } == .refused)
        #expect(fixture.refusal { try reader.saveEntryGreeks([]) } == nil)
    }

    @Test func openReadOnly_works_whenTheServiceIsGone() throws {
        try makeClosed()
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "-wal"))
        let reader = try PortfolioStore.openReadOnly(fixture.path)
        #expect(try reader.loadBook(base: .usd).changes.count == 2)
        #expect(try reader.verify().isEmpty)
        try reader.checkpointAndClose()
        #expect(fixture.refusal { _ = try fixture.open() } == nil)
    }

    @Test func openReadOnly_saysSo_whenThereIsNoDatabase() throws {
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .missing)
        #expect(!FileManager.default.fileExists(atPath: fixture.path))
    }
}
