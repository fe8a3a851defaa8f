import Foundation
import PortfolioModel

@testable import PortfolioStore

/// A clock that stands where it is put.
struct StillClock: ServiceClock {
    var time = Timestamp(seconds: 1_795_000_000)
    func now() -> Timestamp { time }
    func uptime() -> Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}

/// A directory of its own for one store; removed at the end.
final class StoreFixture {
    let directory: String
    let path: String
    let backups: String

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/store-\(UUID().uuidString)"
        path = directory + "/portfolio.db"
        backups = directory + "/backups"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func open(
        stamp: StoreStamp = .sandbox, schema: StoreSchema = .current, clock: StillClock = StillClock()
    ) throws(StoreError) -> PortfolioStore {
        try PortfolioStore.open(
            path, stamp: stamp, backups: backups, schema: schema, clock: clock)
    }

    /// The store's error code for something it must refuse; nil when it did not.
    func refusal(_ work: () throws -> Void) -> StoreError.Code? {
        do { try work() } catch { return (error as? StoreError)?.code }
        return nil
    }
}

func decimal(_ text: String) throws -> FixedDecimal { try FixedDecimal(text) }

func date(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else { throw StoreError(.refused, "not a date: \(text)") }
    return date
}
