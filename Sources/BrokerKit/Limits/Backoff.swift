/// Exponential back-off with jitter. Reset only after a stretch of good data, not after a mere connect.
package struct Backoff: Sendable {
    package var base: Duration
    package var cap: Duration
    /// How long data must have been good before failures are forgotten.
    package var resetAfter: Duration
    package private(set) var failures = 0
    private var goodSince: Duration?

    package init(base: Duration = .milliseconds(500), cap: Duration = .seconds(60), resetAfter: Duration = .seconds(60))
    {
        self.base = base
        self.cap = cap
        self.resetAfter = resetAfter
    }

    /// The delay after one more failure: uniform between half of the ceiling and the ceiling, which doubles each time.
    /// The lower half stays, so that the number of attempts within a time is bounded however the dice fall.
    package mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        var ceiling = base
        for _ in 0..<min(failures, 20) where ceiling < cap { ceiling *= 2 }
        ceiling = min(ceiling, cap)
        failures += 1
        goodSince = nil
        return ceiling * Double.random(in: 0.5...1, using: &random)
    }

    /// Good data came at this uptime.
    package mutating func succeeded(at uptime: Duration) {
        let since = goodSince ?? uptime
        goodSince = since
        if uptime - since >= resetAfter { failures = 0 }
    }
}

/// Small seedable generator for jitter and tests (SplitMix64, Steele, Lea and Flood 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64
    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
