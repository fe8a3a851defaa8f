import Foundation
import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

struct StoreErrorTests {
    @Test(arguments: [
        (ResultCode.SQLITE_FULL, StoreError.Code.full), (.SQLITE_IOERR, .ioError), (.SQLITE_IOERR_FSYNC, .ioError),
        (.SQLITE_BUSY, .locked), (.SQLITE_BUSY_SNAPSHOT, .locked), (.SQLITE_CORRUPT, .corrupt),
        (.SQLITE_NOTADB, .corrupt), (.SQLITE_CONSTRAINT_CHECK, .refused), (.SQLITE_CONSTRAINT_TRIGGER, .refused),
        (.SQLITE_READONLY, .ioError), (.SQLITE_CANTOPEN, .ioError), (.SQLITE_NOMEM, .ioError),
    ])
    func databaseErrors_areClassified(result: ResultCode, code: StoreError.Code) {
        let error = StoreError(DatabaseError(resultCode: result, message: "words"), path: "/p")
        #expect(error.code == code)
        #expect(error.path == "/p")
        #expect(error.message.contains("words"))
    }

    @Test func commit_isRefused_whenTheFileIsGoneOrAnother() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        let aside = fixture.path + ".aside"
        try FileManager.default.moveItem(atPath: fixture.path, toPath: aside)
        #expect(fixture.refusal { try store.commit([SampleBook.update(2, [])]) } == .lost)
        try FileManager.default.copyItem(atPath: aside, toPath: fixture.path)
        #expect(fixture.refusal { try store.commit([SampleBook.update(2, [])]) } == .lost)
        try FileManager.default.removeItem(atPath: fixture.path)
        try FileManager.default.moveItem(atPath: aside, toPath: fixture.path)
        try store.commit([SampleBook.update(2, [])])
        #expect(try store.loadBook(base: .usd).sequence == 2)
    }

    @Test func database_isRefused_whenItIsAFolder() throws {
        let fixture = try StoreFixture()
        try FileManager.default.createDirectory(atPath: fixture.path, withIntermediateDirectories: false)
        #expect(fixture.refusal { _ = try fixture.open() } == .refused)
        #expect(fixture.refusal { _ = try PortfolioStore.openReadOnly(fixture.path) } == .refused)
    }

    @Test func databaseErrors_doNotTellFigures() {
        let error = DatabaseError(
            resultCode: .SQLITE_CONSTRAINT, message: "CHECK failed", sql: "INSERT INTO account VALUES (?)",
            arguments: ["5WX00001"])
        #expect(!StoreError(error, path: "/p").description.contains("5WX00001"))
    }

    @Test func commit_isRefused_whenFull_andGoesOnWhenThereIsSpace() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        try store.commit([SampleBook.update(1, try SampleBook.changes())])
        func limit(_ pages: Int) throws {
            _ = try store.database.writeWithoutTransaction {
                try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        // As small as the database is.
        try limit(1)
        let many = try (0..<500).map { BookChange.transaction(try SampleBook.transaction("row \($0)")) }
        #expect(fixture.refusal { try store.commit([SampleBook.update(2, many)]) } == .full)
        #expect(try store.loadBook(base: .usd).sequence == 1)
        #expect(try store.transactions(limit: 1000).isEmpty)
        try limit(1_000_000)
        try store.commit([SampleBook.update(2, many)])
        #expect(try store.transactions(limit: 1000).count == 500)
    }
}
