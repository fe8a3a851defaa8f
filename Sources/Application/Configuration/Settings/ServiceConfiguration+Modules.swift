import PortfolioModel
import Risk
import Supervision

extension ServiceConfiguration {
    /// What the risk engine is to assume.
    var riskSettings: RiskSettings {
        RiskSettings(
            session: session == .always ? .alwaysOpen : .exchange(.newYork), quoteSilence: limits.quoteSilence,
            greeksFeeds: BrokerCatalogue.greeksFeeds,
            optionSpread: .init(absolute: limits.optionSpreadAbsolute, relative: limits.optionSpreadRelative),
            model: model.assumptions, fx: fx.rules, groups: model.groups)
    }

    var supervisorSettings: Supervisor.Settings {
        let fidelity = BrokerID("fidelity")
        let declared = accounts.map {
            ($0.key, AccountDeclaration(name: $0.name, taxStatus: $0.taxStatus, currency: $0.currency))
        }
        return Supervisor.Settings(
            staleAfterSessions: [fidelity: self.fidelity.staleAfterSessions], fileBrokers: [fidelity],
            calendar: .newYork, declared: Dictionary(declared, uniquingKeysWith: { first, _ in first }),
            benchmarks: betas.index.isEmpty ? [] : [betas.index])
    }
}
