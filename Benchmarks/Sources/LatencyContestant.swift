import PortfolioModel
import Risk

/// From bytes in hand to the portfolio's totals, message by message, through the service's actors: no thread is woken.
/// A unit is a message.
struct LatencyContestant: Contestant {
    struct Result: Encodable { var marketValue: Int64, unrealized: Int64 }

    private let frames: Frames
    private let start: BenchmarkBook

    init(_ frames: Frames, _ start: BenchmarkBook) { (self.frames, self.start) = (frames, start) }

    func check() async throws -> Result {
        let desk = await ServiceDesk(start)
        for frame in frames.bytes { _ = try await desk.hear(frame) }
        let totals = await desk.totals()
        return Result(
            marketValue: Int64(totals.marketValue.knownRaw), unrealized: Int64(totals.unrealizedPnL.knownRaw))
    }

    func round(_ count: Int) async throws -> Round {
        let desk = await ServiceDesk(start)
        let watch = Stopwatch()
        let (taken, rows) = try await desk.latencies(frames, min(count, frames.bytes.count))
        var round = Round(watch.elapsed, count: rows)
        let sorted = taken.sorted()
        round.p50 = Double(sorted[sorted.count / 2])
        round.p99 = Double(sorted[sorted.count * 99 / 100])
        return round
    }
}
