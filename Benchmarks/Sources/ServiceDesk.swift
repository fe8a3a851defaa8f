import BrokerKit
import Logging
import PortfolioModel
import Risk
import Supervision

/// The service's chain of actors for market data, from a frame's bytes to the portfolio's totals: reader, supervisor
/// with its followers, risk. Who calls it waits until the portfolio has heard, on the thread it came on.
actor ServiceDesk {
    private var desk: FeedDesk
    private let sink: SupervisorSink
    private let risk: RiskActor
    private let clock = BenchmarkClock()

    init(_ start: BenchmarkBook) async {
        desk = FeedDesk(start.handles)
        let risk = RiskActor(book: start.book, settings: BenchmarkBook.settings, now: Frames.time(of: 0))
        let supervisor = Supervisor(
            book: start.book, brokers: [], journal: IdleJournal(), followers: [RiskFollower(risk: risk)],
            settings: Supervisor.Settings(), clock: clock, logger: Logger(label: "benchmark"))
        sink = SupervisorSink(supervisor: supervisor, broker: BenchmarkBook.broker)
        self.risk = risk
    }

    /// Takes one message and reads the totals; returns how many rows there were.
    func hear(_ frame: [UInt8]) async throws -> Int {
        let batch = try desk.read(frame, at: clock.now())
        await sink.deliver([.market(batch)])
        let totals = await risk.totals
        guard totals.marketValue.knownRaw != 0 else { throw BenchmarkError("the totals are zero") }
        return desk.rows
    }

    /// The nanoseconds that each of the first messages took, in order.
    func latencies(_ frames: Frames, _ count: Int) async throws -> (nanoseconds: [UInt64], rows: Int) {
        var taken: [UInt64] = []
        taken.reserveCapacity(count)
        var rows = 0
        for number in 0..<count {
            let start = Stopwatch.nanoseconds
            rows += try await hear(frames.bytes[number])
            taken.append(Stopwatch.nanoseconds - start)
        }
        return (taken, rows)
    }

    func totals() async -> LiveTotals { await risk.totals }

    /// The whole view, as the service's heartbeat takes it once a second.
    func view() async -> PortfolioView { await risk.view(at: clock.now()) }
}

/// Market data is not journalled: nothing may come here.
private struct IdleJournal: UpdateJournal {
    func commit(_ updates: [PortfolioUpdate]) async throws { throw BenchmarkError("market data was journalled") }
}

/// As the service has it.
private struct RiskFollower: UpdateFollower {
    let risk: RiskActor

    func follow(_ update: PortfolioUpdate) async throws { try await risk.apply([update]) }
    func restart(from book: Book) async { await risk.replace(with: book, now: Frames.time(of: 0)) }
}
