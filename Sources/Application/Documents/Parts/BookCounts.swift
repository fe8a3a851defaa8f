import Risk

/// How many positions are held and in which states.
struct BookCounts: Codable, Sendable, Equatable {
    var positions: Int
    var confirmed: Int
    var stale: Int
    var unknown: Int

    init(_ counts: StateCounts) {
        positions = counts.positions
        confirmed = counts.confirmed
        stale = counts.stale
        unknown = counts.unknown
    }
}
