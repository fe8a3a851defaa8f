/// How much a venue allows within one scope: `requests` per `interval`, in bursts of at most `burst`.
package struct Quota: Sendable, Hashable {
    package var requests: Int
    package var interval: Duration
    package var burst: Int

    package init(_ requests: Int, per interval: Duration, burst: Int? = nil) {
        self.requests = max(1, requests)
        self.interval = interval
        self.burst = max(1, burst ?? requests)
    }
}

/// A token bucket per scope. It decides; the actor that asked sleeps.
package struct RateLimiter: Sendable {
    private struct Bucket {
        var quota: Quota
        /// Theoretical arrival time of the next request (GCRA), as uptime.
        var arrival: Duration
    }
    private var buckets: [String: Bucket] = [:]
    /// No request of any scope before this uptime, after the venue said 429.
    private var pausedUntil: Duration = .zero

    package init(_ quotas: [String: Quota]) {
        buckets = quotas.mapValues { Bucket(quota: $0, arrival: .zero) }
    }

    /// Reserves one request in every named scope and says how long to wait before sending it. Scopes without a quota
    /// are free.
    package mutating func reserve(_ scopes: [String], at uptime: Duration) -> Duration {
        var start = max(uptime, pausedUntil)
        for scope in scopes {
            guard let bucket = buckets[scope] else { continue }
            let increment = bucket.quota.interval / bucket.quota.requests
            start = max(start, bucket.arrival - increment * (bucket.quota.burst - 1))
        }
        for scope in scopes {
            guard let bucket = buckets[scope] else { continue }
            buckets[scope]?.arrival = max(bucket.arrival, start) + bucket.quota.interval / bucket.quota.requests
        }
        return start - uptime
    }

    /// Holds every scope back until `uptime`; a shorter pause never shortens a longer one.
    package mutating func pause(until uptime: Duration) { pausedUntil = max(pausedUntil, uptime) }
}
