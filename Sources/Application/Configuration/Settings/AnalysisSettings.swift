/// What analyses take as given.
struct AnalysisSettings: Sendable, Equatable, Codable {
    /// Sectors by the underlying's symbol.
    var sectors: [String: String] = [:]
}
