/// What analyses take as given.
struct AnalysisSettings: Sendable, Equatable, Codable {
    /// Symbol of the index that deltas are weighted to.
    var index = "SPY"
    /// Betas by the underlying's symbol, in place of computed ones.
    var betas: [String: Double] = [:]
    /// Sectors by the underlying's symbol.
    var sectors: [String: String] = [:]
}
