import CMallinfo
import Foundation
import PortfolioModel

/// Full feed at 10,000 messages a second through the service's actors, a view a second, the resident set watched, and
/// the heap in use, which tells what is kept from what the allocator merely holds. A unit is a second. A run that falls
/// behind by two seconds ends there, which its count of messages shows.
struct MemoryContestant: Contestant {
    struct Result: Encodable { var messages: Int }

    private static let perSecond = 10_000
    /// Messages go in bursts of as many as a socket's read brings, so that the process sleeps in between.
    private static let bursts = 100
    private static let patience: Duration = .seconds(2)
    private let frames: Frames
    private let start: BenchmarkBook
    private let clock = BenchmarkClock()

    init(_ frames: Frames, _ start: BenchmarkBook) { (self.frames, self.start) = (frames, start) }

    /// Nothing to compare: the same chain is checked as `latency`.
    func check() -> Result { Result(messages: frames.bytes.count) }

    func round(_ seconds: Int) async throws -> Round {
        let desk = await ServiceDesk(start)
        let watch = Stopwatch()
        let begun = clock.uptime()
        var (resident, heap): ([Int], [Int]) = ([], [])
        resident.reserveCapacity(seconds)
        heap.reserveCapacity(seconds)
        var rows = 0
        var messages = 0
        for burst in 0..<(seconds * Self.bursts) {
            for _ in 0..<(Self.perSecond / Self.bursts) {
                rows += try await desk.hear(frames.bytes[messages % frames.bytes.count])
                messages += 1
            }
            if burst % Self.bursts == Self.bursts - 1 {
                _ = await desk.view()
                resident.append(try Self.residentBytes())
                heap.append(Self.heapBytes())
            }
            let due = begun + .milliseconds(1000 / Self.bursts) * (burst + 1)
            let early = due - clock.uptime()
            if early < .zero - Self.patience { break }
            if early > .zero { try await clock.sleep(for: early) }
        }
        var round = Round(watch.elapsed, count: rows)
        round.messages = messages
        (round.resident, round.heap) = (resident, heap)
        return round
    }

    /// Pages in memory, by proc(5).
    private static func residentBytes() throws -> Int {
        let words = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else {
            throw BenchmarkError("/proc/self/statm is not readable")
        }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// By mallinfo(3): blocks within the arenas and blocks mapped alone. What a thread's cache holds counts as in use.
    private static func heapBytes() -> Int {
        let info = mallinfo2()
        return Int(info.uordblks + info.hblkhd)
    }
}
