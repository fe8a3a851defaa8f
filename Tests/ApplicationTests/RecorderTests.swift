import BrokerKit
import Foundation
import Logging
import NIOConcurrencyHelpers
import PortfolioModel
import PortfolioStore
import Supervision
import Testing

@testable import Application

/// The daily run over both changes of summer time, in three zones of the machine, with a clock that jumps.
struct RecorderTests {
    /// Wall time that a test sets; uptime only ever goes on.
    private final class JumpingClock: ServiceClock {
        private let state: NIOLockedValueBox<(now: Timestamp, uptime: Duration)>

        init(_ start: Timestamp) { state = NIOLockedValueBox((start, .zero)) }

        func now() -> Timestamp { state.withLockedValue { $0.now } }
        func uptime() -> Duration { state.withLockedValue { $0.uptime } }
        func sleep(for duration: Duration) async throws { try Task.checkCancellation() }

        func advance(_ duration: Duration) {
            state.withLockedValue { ($0.now, $0.uptime) = ($0.now.adding(duration), $0.uptime + duration) }
        }

        func jump(_ duration: Duration) { state.withLockedValue { $0.now = $0.now.adding(duration) } }
    }

    struct Week: Sendable, CustomTestStringConvertible {
        var start: String
        var zone: String
        var testDescription: String { "\(start) \(zone)" }
    }

    /// Friday noon in New York before each change, for four days.
    static let weeks = ["2026-03-06T17:00:00Z", "2026-10-30T16:00:00Z"].flatMap { start in
        ["America/New_York", "Asia/Kolkata", "UTC"].map { Week(start: start, zone: $0) }
    }

    @Test(arguments: weeks)
    func everyDay_isKeptOnce_overAChangeOfSummerTimeAndJumpsOfAnHour(week: Week) async {
        await #expect(processExitsWith: .success) { [start = week.start as String, zone = week.zone as String] in
            setenv("TZ", zone, 1)
            tzset()
            do { try await Self.check(start) } catch { Issue.record("\(zone): \(error)") }
        }
    }

    private static func check(_ text: String) async throws {
        let start = try #require(Timestamp(text))
        let clock = JumpingClock(start)
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let core = try await ServiceCore.open(
            configuration(folder), clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        var cash = 1
        var closing: [CalendarDate: FixedDecimal] = [:]
        // Ten minutes a step, of which every third is an hour ahead and every third an hour behind.
        for step in 0..<(4 * 24 * 6) {
            clock.advance(.seconds(600))
            let away = step % 3 == 0 ? 3600 : step % 3 == 1 ? -3600 : 0
            clock.jump(.seconds(away))
            cash += 1
            await core.supervisor.receive([.snapshot(snapshot(cash, clock.now()))], from: BrokerID("fidelity"))
            await core.supervisor.tick()
            await core.recorder.tick(with: core.view())
            let today = MarketZone.newYork.date(of: clock.now())
            let edge = MarketZone.newYork.instant(today, hour: 16, minute: 15)
            if clock.now() > edge, closing[today] == nil { closing[today] = FixedDecimal(cash) }
            clock.jump(.seconds(-away))
        }
        let first = MarketZone.newYork.date(of: start)
        let kept = try core.store.dailyAccounts(from: first, through: first.adding(days: 10))
        await core.close()
        #expect(kept.map(\.date) == (0...4).map { first.adding(days: $0) })
        // The first figures after the hour stay, whatever the clock did afterwards.
        for row in kept where closing[row.date] != nil { #expect(row.cash == closing[row.date], "\(row.date)") }
        #expect(closing.count >= 4)
    }

    private static func snapshot(_ cash: Int, _ now: Timestamp) -> AccountSnapshot {
        AccountSnapshot(
            account: VenueAccount(number: "X00000001"), positions: [],
            balances: [VenueBalance(currency: .usd, cash: FixedDecimal(cash))], asOf: now)
    }

    private static func configuration(_ folder: String) -> ServiceConfiguration {
        var configuration = RecordingFixture.start(at: Timestamp(seconds: 0)).configuration
        configuration.fidelity.enabled = true
        configuration.databasePath = folder + "/book/tributary.db"
        configuration.backupDirectory = folder + "/backups"
        return configuration
    }
}
