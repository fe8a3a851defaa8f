/// Fidelity, by file.
struct FidelitySettings: Sendable, Equatable, Codable {
    var enabled = false
    /// Exchange sessions after which an account's newest file is stale.
    var staleAfterSessions = 5
}
