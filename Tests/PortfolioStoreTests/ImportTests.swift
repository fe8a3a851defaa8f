import GRDB
import PortfolioModel
import Testing

@testable import PortfolioStore

struct ImportTests {
    let fixture: StoreFixture

    init() throws { fixture = try StoreFixture() }

    static func batch(_ accounts: [AccountID], _ text: String = "Symbol,Quantity\nAAPL,1\n", minutes: Int = 0)
        -> ImportBatch
    {
        let bytes = Array(text.utf8)
        return ImportBatch(
            sha256: ImportRows.sha256(bytes), broker: BrokerID("fidelity"), fileName: "Positions.csv",
            layout: "fidelity-positions", asOf: SampleBook.now,
            importedAt: SampleBook.now.adding(.seconds(minutes * 60)), accounts: accounts, bytes: bytes)
    }

    private let fidelity = SampleBook.fidelity

    private func imported() throws -> PortfolioStore {
        let store = try fixture.open()
        try store.commit([
            SampleBook.update(1, try SampleBook.changes() + [.imported(Self.batch([fidelity]))])
        ])
        return store
    }

    /// Damage as a disk does it: no trigger stands in its way.
    private func damage(_ store: PortfolioStore, _ sql: String) throws {
        try store.database.write { db in
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: sql)
        }
    }

    @Test func import_isFoundByHashAndAccount() throws {
        let store = try imported()
        let batch = Self.batch([fidelity])
        let record = try #require(try store.import(sha256: batch.sha256))
        #expect(record.accounts == [fidelity])
        #expect(record.fileName == "Positions.csv")
        #expect(record.byteCount == batch.bytes.count)
        #expect(record.rowCount == 13)
        #expect(try store.latestImport(account: fidelity) == record)
        #expect(try store.latestImport(account: SampleBook.tasty) == nil)
        #expect(try store.import(sha256: String(repeating: "0", count: 64)) == nil)
        #expect(try store.imports() == [record])
        #expect(try store.verify().isEmpty)
    }

    @Test func import_refusesBytesThatAreNotOfItsHash() throws {
        let store = try imported()
        var batch = Self.batch([fidelity], "other")
        batch.bytes.append(0)
        #expect(fixture.refusal { try store.commit([SampleBook.update(2, [.imported(batch)])]) } == .refused)
        #expect(try store.imports().count == 1)
    }

    @Test func import_addsNothing_whenRepeatedWithTheSameOutcome() throws {
        let store = try imported()
        try store.commit([SampleBook.update(2, [.imported(Self.batch([fidelity], minutes: 5))])])
        #expect(try store.imports().count == 1)
    }

    @Test func verify_staysClean_whenALaterImportReplacesTheHoldings() throws {
        let store = try imported()
        var changed = SampleBook.position(fidelity, 1, 50)
        changed.asOf = SampleBook.now.adding(.seconds(86_400))
        let gone = BookChange.positionClosed(PositionKey(fidelity, InstrumentID(raw: 2)))
        let second = Self.batch([fidelity], "second", minutes: 10)
        try store.commit([SampleBook.update(2, [.position(changed), gone, .imported(second)])])
        #expect(try store.verify().isEmpty)
        #expect(try store.latestImport(account: fidelity)?.sha256 == second.sha256)

        // The first file again: its bytes are known, its rows are a new run.
        let original = SampleBook.position(fidelity, 1, 1)
        let back = BookChange.position(SampleBook.position(fidelity, 2, 2))
        let again = Self.batch([fidelity], minutes: 20)
        try store.commit([SampleBook.update(3, [.position(original), back, .imported(again)])])
        #expect(try store.verify().isEmpty)
        #expect(try store.latestImport(account: fidelity)?.sha256 == again.sha256)
        #expect(try store.imports().map(\.sha256) == [again.sha256, second.sha256, again.sha256])
        try store.checkpointAndClose()
        #expect(try fixture.open().verify().isEmpty)
    }

    @Test(arguments: [
        ("UPDATE import_position SET quantity = '9' WHERE instrument = 9 AND quantity = '9'", nil),
        ("UPDATE import_position SET quantity = '91' WHERE instrument = 9", StoreFinding.Code.importRows),
        ("UPDATE import_position SET cost_basis = '1' WHERE instrument = 1", .importRows),
        ("UPDATE import_balance SET cash = '100000000000000000000.00000002'", .importRows),
        ("DELETE FROM import_position WHERE instrument = 3", .importRows),
        ("UPDATE import_batch SET bytes = x'00'", .importBytes),
        ("UPDATE position SET quantity = '1230471' WHERE account = 'fidelity-1' AND instrument = 5", .holding),
        ("UPDATE balance SET cash = '-1' WHERE account = 'fidelity-1'", .holding),
        ("UPDATE position SET quantity = '7' WHERE account = 'tastytrade-1'", nil),
    ])
    func verify_findsAFlippedValue(sql: String, code: StoreFinding.Code?) throws {
        let store = try imported()
        try damage(store, sql)
        let findings = try store.verify()
        #expect(findings.first?.code == code)
        try store.checkpointAndClose()
        let refusal = fixture.refusal { _ = try fixture.open() }
        #expect(refusal == (code == nil ? nil : .corrupt))
    }
}
