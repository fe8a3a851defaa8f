import PortfolioModel

/// Exchange rates beside those that are configured one by one.
struct FXSettings: Sendable, Equatable, Codable {
    var rules = FXRules()
    /// Where the ECB's file is downloaded; nil downloads none.
    var ecbURL: String?
    /// When, Frankfurt time.
    var ecbTime = TimeOfDay(hour: 16, minute: 30)
}

/// What others are measured against, and how.
struct BetaSettings: Sendable, Equatable, Codable {
    /// Symbol of the index or fund; empty is none, as in recordings of before there was one.
    var index = "SPY"
    /// Weekly returns in the window.
    var weeks = 104
    /// By the underlying's symbol; they stand instead of computed ones.
    var overrides: [String: Double] = [:]
}
