import Logging
import PortfolioModel

/// The whole configuration as the service uses it: typed, complete, every path absolute, secrets fetched.
struct ServiceConfiguration: Sendable {
    /// When markets count as open.
    enum Session: String, Sendable, CaseIterable, Codable { case exchange, always }

    /// The file it was read from; nil when there is none and everything is default.
    var file: String?
    /// The sandbox profile's, or a real one: what the database is stamped with.
    var isSandbox: Bool
    var base: Currency
    var session: Session
    var accounts: [DeclaredAccount]
    var portfolios: [DeclaredPortfolio]
    var tastytrade: TastytradeSettings
    var fidelity: FidelitySettings
    var limits: LimitSettings
    var model: ModelSettings
    var analysis: AnalysisSettings
    var rates: [FXRate]
    var fx = FXSettings()
    var betas = BetaSettings()
    /// Alert rules; nil is none.
    var alertsPath: String?
    var inboxPath: String
    var databasePath: String
    var backupDirectory: String
    var socketPath: String
    var logFilePath: String
    var logLevel: Logger.Level
    /// When the day's snapshot is taken, New York time.
    var snapshotTime: TimeOfDay
    /// Every value with its origin, in the order of the example file.
    var entries: [EffectiveEntry]

    /// Whether configuration turns a broker on.
    func isEnabled(_ broker: BrokerID) -> Bool {
        switch broker.name {
        case "tastytrade": tastytrade.enabled
        case "fidelity": fidelity.enabled
        default: false
        }
    }
}
