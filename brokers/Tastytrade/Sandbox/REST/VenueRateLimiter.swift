import Foundation

/// The venue's published limits, in requests a second by endpoint family, counted in fixed seconds.
struct VenueRateLimiter: Sendable {
    private var second = 0
    private var counts: [String: Int] = [:]

    /// Counts a request and says whether it is within its limits.
    mutating func admits(_ path: [String], now: Date) -> Bool {
        let current = Int(now.timeIntervalSince1970)
        if current != second {
            second = current
            counts = [:]
        }
        let (family, limit) = Self.family(path)
        counts["global", default: 0] += 1
        counts[family, default: 0] += 1
        return counts["global", default: 0] <= 50 && counts[family, default: 0] <= limit
    }

    private static func family(_ path: [String]) -> (name: String, limit: Int) {
        switch (path.first, path.last) {
        case ("market-data", _): ("market-data", 2)
        case ("option-chains", _), ("futures-option-chains", _): ("chains", 2)
        case ("accounts", "positions"): ("positions", 1)
        case ("accounts", "balances"): ("balances", 1)
        case ("accounts", "trading-status"): ("trading-status", 1)
        case ("customers", "accounts"): ("accounts", 1)
        case ("accounts", "orders"), ("accounts", "live"): ("orders", 20)
        case ("instruments", _) where path.count > 1:
            switch path[1] {
            case "futures", "future-option-products", "future-products": (path[1], 1)
            case "equities": (path[1], path.count > 2 ? 3 : 2)
            default: (path[1], 3)
            }
        default: ("other", 50)
        }
    }
}
