/// One side of a workload, as a process of its own that works when it is told to, so that the sides can take turns.
protocol Contestant {
    associatedtype Result: Encodable

    /// Does the work once over everything and says what came out, to be compared with the other side's.
    mutating func check() async throws -> Result
    /// Does the work over `count` units: messages, transactions, events or seconds, as the contestant says.
    mutating func round(_ count: Int) async throws -> Round
}

/// What one round took.
struct Round: Encodable {
    /// Events handled, which the time is divided by.
    var count: Int
    var cpu: Double
    var wall: Double
    /// Nanoseconds of each message at the 50th and 99th hundredth, where single messages are timed.
    var p50: Double?
    var p99: Double?
    /// Messages handled, where those are paced.
    var messages: Int?
    /// Resident set once a second, in bytes, where that is watched.
    var resident: [Int]?
    /// Bytes that the allocator has handed out and not had back, once a second, where the resident set is watched.
    var heap: [Int]?

    init(_ time: Elapsed, count: Int) { (self.count, cpu, wall) = (count, time.cpu, time.wall) }
}

/// Why a contestant cannot go on; the driver shows it and ends.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
