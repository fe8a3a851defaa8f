import Alerts
import PortfolioModel
import PortfolioStore

/// What a run was made of, apart from what reached it: its build and the configuration that matters to its figures.
struct RecordedStart: Codable, Sendable {
    static let schemaName = "tributary.recording/2"

    var schema = schemaName
    var version: String
    var storeSchema: Int
    var startedAt: Timestamp
    /// When the risk engine was made.
    var valuedAt: Timestamp
    var isSandbox: Bool
    var base: Currency
    var session: ServiceConfiguration.Session
    var accounts: [DeclaredAccount]
    var fidelity: FidelitySettings
    var limits: LimitSettings
    var model: ModelSettings
    /// The brokers that were made.
    var brokers: [BrokerID]
    /// Seed of their jitter.
    var seed: UInt64
    var rules: [AlertRule] = []
    var fx: FXSettings?
    var betas: BetaSettings?
}

extension RecordedStart {
    init(
        _ configuration: ServiceConfiguration, brokers: [BrokerID], seed: UInt64, rules: [AlertRule], at now: Timestamp
    ) {
        version = VersionCommand.number
        storeSchema = PortfolioStore.schemaVersion
        startedAt = now
        valuedAt = now
        isSandbox = configuration.isSandbox
        base = configuration.base
        session = configuration.session
        accounts = configuration.accounts
        fidelity = configuration.fidelity
        limits = configuration.limits
        model = configuration.model
        self.brokers = brokers
        self.seed = seed
        self.rules = rules
        fx = configuration.fx
        betas = configuration.betas
    }

    var service: ServiceInfo {
        ServiceInfo(
            version: version, startedAt: startedAt,
            environment: (isSandbox ? StoreStamp.sandbox : .production).rawValue)
    }
}
