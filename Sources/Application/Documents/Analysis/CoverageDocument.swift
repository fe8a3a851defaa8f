import Risk

/// How much of the book an analysis speaks of, and by name what it does not.
struct CoverageDocument: Codable, Sendable, Equatable {
    struct Uncovered: Codable, Sendable, Equatable {
        var name: String
        var reason: String
        /// Absolute q d S, or the cash, in base currency; null when even that is not known.
        @ExplicitNull var exposure: Double?
    }

    /// Of the exposure, 0 to 1; null while an uncovered part's exposure is not known.
    @ExplicitNull var share: Double?
    @ExplicitNull var shareOfMeasured: Double?
    var uncovered: [Uncovered]

    init(_ coverage: RiskCoverage) {
        share = coverage.share?.documented
        shareOfMeasured = coverage.shareOfMeasured?.documented
        uncovered = coverage.uncovered.map {
            Uncovered(name: $0.name, reason: $0.reason, exposure: $0.exposure?.documented)
        }
    }
}
