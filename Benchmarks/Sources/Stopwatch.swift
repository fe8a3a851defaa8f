import Foundation

/// Seconds that something took: of this process's processor time, user and system, and on the wall.
struct Elapsed {
    var cpu: Double
    var wall: Double
}

/// Started when made.
struct Stopwatch {
    private let cpu = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
    private let wall = Self.seconds(CLOCK_MONOTONIC)

    var elapsed: Elapsed {
        Elapsed(cpu: Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, wall: Self.seconds(CLOCK_MONOTONIC) - wall)
    }

    /// A monotonic reading in nanoseconds, some 20 ns dear.
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
