import Foundation

/// Seconds of two clocks, for differences.
enum Stopwatch {
    static func wall() -> Double { seconds(CLOCK_MONOTONIC) }
    static func cpu() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
