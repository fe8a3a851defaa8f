import Foundation
import Logging
import PortfolioModel
import PortfolioStore

/// W8: batches of changed rows through the store's own calls. A unit is a transaction of 1,000 rows.
///
/// It makes the database of both sides: FOLDER/ours.db, and FOLDER/peer.db as its copy, so that schema, constraints and
/// page size are the same.
struct StoreContestant: Contestant {
    enum Table: String, Encodable { case positions, markets }

    struct Result: Encodable {
        /// For the driver to read.
        var database: String
        var table: Table
    }

    private static let checked = 2
    private let table: Table
    private let store: PortfolioStore
    private var written = 0

    init(folder: String, _ table: Table) throws {
        self.table = table
        let path = "\(folder)/ours.db"
        let first = try Self.open(path)
        let rows = (1...StoreRows.count).map { BookChange.instrument(StoreRows.instrument($0)) }
        try first.commit([StoreRows.update(1, rows + [.account(StoreRows.account)])])
        try first.checkpointAndClose()
        try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/peer.db")
        store = try Self.open(path)
    }

    private static func open(_ path: String) throws -> PortfolioStore {
        try PortfolioStore.open(
            path, stamp: .sandbox, backups: "\(path)-backups", clock: SystemClock(), logger: Logger(label: "benchmark"))
    }

    mutating func check() throws -> Result {
        _ = try round(Self.checked)
        return Result(database: store.path, table: table)
    }

    mutating func round(_ count: Int) throws -> Round {
        let numbers = (written + 1)...(written + count)
        written += count
        let time =
            switch table {
            case .positions: try commit(numbers)
            case .markets: try save(numbers)
            }
        return Round(time, count: count * StoreRows.count)
    }

    private func commit(_ numbers: ClosedRange<Int>) throws -> Elapsed {
        let updates = numbers.map { number in
            StoreRows.update(number + 1, (1...StoreRows.count).map { .position(StoreRows.position($0, number)) })
        }
        let watch = Stopwatch()
        for update in updates { try store.commit([update]) }
        return watch.elapsed
    }

    private func save(_ numbers: ClosedRange<Int>) throws -> Elapsed {
        let samples = numbers.map { number in
            (1...StoreRows.count).map { (InstrumentID(raw: UInt32($0)), StoreRows.market($0, number)) }
        }
        let watch = Stopwatch()
        for sample in samples { try store.saveMarkets(sample) }
        return watch.elapsed
    }
}
