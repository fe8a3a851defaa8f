import Risk

/// What a replay came to.
struct ReplayOutcome {
    var steps = 0
    var sequence: UInt64 = 0
    var checkpoints = 0
    /// Alerts raised and cleared, in their order, as the log words them.
    var alerts: [String] = []
    /// Raw messages and answers that were parsed once more.
    var messages = 0
    /// Those that could not be read, then as now.
    var unreadable: [String] = []
    var divergence: Divergence?
    /// The last view that was spoken of.
    var view: PortfolioView?
    /// The documents that `--out` writes.
    var report: [DocumentName: String]?
}
