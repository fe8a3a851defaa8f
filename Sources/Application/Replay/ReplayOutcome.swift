import Risk

/// What a replay came to.
struct ReplayOutcome {
    var steps = 0
    var sequence: UInt64 = 0
    var checkpoints = 0
    /// Alerts raised and cleared, in their order, as the log words them.
    var alerts: [String] = []
    var divergence: Divergence?
    /// The last view that was spoken of.
    var view: PortfolioView?
    /// The documents that `--out` writes.
    var report: [DocumentName: String]?
}
