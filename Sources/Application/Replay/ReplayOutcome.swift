import Risk

/// What a replay came to.
struct ReplayOutcome {
    enum Verdict: String, Codable {
        case equal, diverged
        /// The recording, or the part of it that was replayed, has no documents to compare with.
        case nothingCompared = "nothing-compared"
    }

    var steps = 0
    var sequence: UInt64 = 0
    var checkpoints = 0
    /// Alerts raised and cleared, in their order, as the log words them.
    var alerts: [String] = []
    /// Raw messages and answers that were parsed once more.
    var messages = 0
    /// Those that could not be read, then as now.
    var unreadable: [String] = []
    /// The recording ends in the middle of a line.
    var isTorn = false
    /// The recording was closed in order and replayed to its end.
    var isClosed = false
    var divergence: Divergence?
    /// The last view that was spoken of.
    var view: PortfolioView?
    /// The documents that `--out` writes.
    var report: [DocumentName: String]?

    var verdict: Verdict {
        if divergence != nil { return .diverged }
        return checkpoints == 0 ? .nothingCompared : .equal
    }
}
