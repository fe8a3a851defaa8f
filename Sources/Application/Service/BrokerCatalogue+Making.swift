import BrokerKit
import Fidelity
import PortfolioModel
import Tastytrade
import Transport

extension BrokerCatalogue {
    /// Tastytrade with its own libcurl and libwebsockets threads.
    @Sendable
    static func makeTastytrade(
        _ configuration: ServiceConfiguration, _ context: BrokerContext
    ) throws -> MadeBroker? {
        let settings = configuration.tastytrade
        guard settings.enabled, let secret = settings.clientSecret, let token = settings.refreshToken else {
            return nil
        }
        for value in [secret, token] { context.recording?.learn(secret: value.reveal()) }
        for number in settings.accounts { context.recording?.learn(account: number) }
        let http = try CurlHTTPClient(policy: settings.policy, options: .init(caFile: settings.caFile))
        let sockets = try LibWebSocketsConnector(policy: settings.policy, options: .init(caFile: settings.caFile))
        let broker = TastytradeBroker(
            configuration: wire(settings, secret, token),
            http: context.recording?.client(http, of: "tastytrade") ?? http,
            webSockets: context.recording?.connector(sockets, of: "tastytrade") ?? sockets,
            clock: context.recording?.clock(context.clock, of: "tastytrade") ?? context.clock, seed: context.seed,
            logger: context.logger)
        return MadeBroker(broker: broker) {
            await http.shutdown()
            await sockets.shutdown()
        }
    }

    private static func wire(
        _ settings: TastytradeSettings, _ secret: SecretString, _ token: SecretString
    ) -> TastytradeConfiguration {
        var wire = TastytradeConfiguration(
            environment: settings.environment == .production ? .production : .sandbox, clientSecret: secret,
            refreshToken: token)
        wire.apiURL = settings.apiURL ?? wire.apiURL
        wire.accountStreamerURL = settings.accountStreamerURL ?? wire.accountStreamerURL
        wire.allowedFeedHosts += settings.allowedHosts
        wire.dxlinkURL = settings.dxlinkURL
        wire.userAgent = settings.userAgent
        wire.acceptVersion = settings.acceptVersion ?? wire.acceptVersion
        wire.accounts = settings.accounts.isEmpty ? nil : settings.accounts
        wire.quotas.merge(settings.limits) { $1 }
        wire.reconcileInterval = settings.reconcileInterval
        wire.quoteTokenLifetime = settings.quoteTokenLifetime
        wire.aggregationPeriod =
            Double(settings.aggregationPeriod.components.seconds)
            + Double(settings.aggregationPeriod.components.attoseconds) / 1e18
        wire.requestLimits.connectTimeout = settings.connectTimeout
        wire.requestLimits.totalTimeout = settings.requestTimeout
        wire.stepTimeout = settings.stepTimeout
        wire.heartbeatInterval = settings.heartbeatInterval
        wire.keepaliveInterval = settings.keepaliveInterval
        wire.silenceLimit = settings.silenceLimit
        wire.loginHold = settings.loginHold
        wire.historyDays = settings.historyDays
        return wire
    }

    @Sendable
    static func makeFidelity(_ configuration: ServiceConfiguration, _ context: BrokerContext) throws -> MadeBroker? {
        guard configuration.fidelity.enabled else { return nil }
        return MadeBroker(broker: FidelityBroker()) {}
    }
}
