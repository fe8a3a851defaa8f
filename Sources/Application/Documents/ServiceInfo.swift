import PortfolioModel

/// Who answers: the running service, or a command that read the database by itself.
struct ServiceInfo: Codable, Sendable, Equatable {
    var version: String
    /// nil when no service runs and the database was read directly.
    @ExplicitNull var startedAt: Timestamp?
    /// `sandbox` or `production`: the stamp of the database; null when the answering side does not know it.
    @ExplicitNull var environment: String?

    init(version: String, startedAt: Timestamp?, environment: String? = nil) {
        self.version = version
        self.startedAt = startedAt
        self.environment = environment
    }

    var isRunning: Bool { startedAt != nil }
}
