import BrokerKit
import Foundation
import PortfolioModel

extension ConfigurationLoader {
    private static let tastytradeKeys = [
        "enabled", "environment", "clientSecret", "refreshToken", "accounts", "apiURL", "accountStreamerURL",
        "dxlinkURL", "allowedHosts", "caFile", "acceptVersion", "userAgent", "reconcileInterval", "aggregationPeriod",
        "quoteTokenLifetime", "stepTimeout", "heartbeatInterval", "keepaliveInterval", "silenceLimit", "loginHold",
        "connectTimeout", "requestTimeout", "historyDays", "limits",
    ]
    private static let tastytradeScopes = [
        "global", "customers/me/accounts", "balances", "positions", "orders", "equities", "equity-options",
        "option-chains", "futures", "future-options",
    ]

    mutating func fidelity(_ brokers: ConfigurationSection) -> FidelitySettings {
        let section = reader.section("fidelity", of: brokers, keys: ["enabled", "staleAfterSessions"])
        var settings = FidelitySettings()
        settings.enabled = reader.value("enabled", in: section, .flag, default: settings.enabled)
        settings.staleAfterSessions = reader.value(
            "staleAfterSessions", in: section, .integer(1...60), default: settings.staleAfterSessions)
        return settings
    }

    mutating func tastytrade(_ brokers: ConfigurationSection) -> TastytradeSettings {
        let section = reader.section("tastytrade", of: brokers, keys: Self.tastytradeKeys)
        var settings = TastytradeSettings()
        settings.enabled = reader.value("enabled", in: section, .flag, default: settings.enabled)
        settings.environment = reader.value("environment", in: section, .choice, default: settings.environment)
        settings.clientSecret = secret("clientSecret", in: section, "CLIENT_SECRET", needed: settings.enabled)
        settings.refreshToken = secret("refreshToken", in: section, "REFRESH_TOKEN", needed: settings.enabled)
        settings.accounts = accountNumbers("accounts", in: section)
        settings.allowedHosts = reader.texts("allowedHosts", in: section)
        let policy = settings.policy
        settings.apiURL = reader.optional("apiURL", in: section, .url(["https", "http"], policy))
        settings.accountStreamerURL = reader.optional("accountStreamerURL", in: section, .url(["wss", "ws"], policy))
        settings.dxlinkURL = reader.optional("dxlinkURL", in: section, .url(["wss", "ws"], policy))
        settings.caFile = caFile(section)
        settings.acceptVersion = reader.optional("acceptVersion", in: section, .apiVersion)
        settings.userAgent = reader.value("userAgent", in: section, .text, default: settings.userAgent)
        readTimes(section, into: &settings)
        settings.historyDays = reader.value(
            "historyDays", in: section, .integer(0...3650), default: settings.historyDays)
        settings.limits = quotas(section)
        return settings
    }

    private mutating func readTimes(_ section: ConfigurationSection, into settings: inout TastytradeSettings) {
        let times: [(String, WritableKeyPath<TastytradeSettings, Duration>, ClosedRange<Duration>)] = [
            ("reconcileInterval", \.reconcileInterval, .seconds(5)...(.seconds(86_400))),
            ("aggregationPeriod", \.aggregationPeriod, .milliseconds(0)...(.seconds(60))),
            ("quoteTokenLifetime", \.quoteTokenLifetime, .seconds(1)...(.seconds(86_400))),
            ("stepTimeout", \.stepTimeout, .seconds(1)...(.seconds(120))),
            ("heartbeatInterval", \.heartbeatInterval, .seconds(2)...(.seconds(60))),
            ("keepaliveInterval", \.keepaliveInterval, .seconds(1)...(.seconds(60))),
            ("silenceLimit", \.silenceLimit, .seconds(2)...(.seconds(3600))),
            ("loginHold", \.loginHold, .seconds(1)...(.seconds(86_400))),
            ("connectTimeout", \.connectTimeout, .milliseconds(100)...(.seconds(120))),
            ("requestTimeout", \.requestTimeout, .milliseconds(100)...(.seconds(600))),
        ]
        for (key, place, range) in times {
            settings[keyPath: place] = reader.value(
                key, in: section, .duration(range), default: settings[keyPath: place])
        }
    }

    /// A secret by reference. Without one in the file, the environment may hold it (`TRIBUTARY_TASTYTRADE_…`) or name
    /// its file (`…_FILE`). Secrets of a broker that is off are not fetched.
    private mutating func secret(
        _ key: String, in section: ConfigurationSection, _ variable: String, needed: Bool
    ) -> SecretString? {
        let path = section.path.appending(key)
        let name = "TRIBUTARY_TASTYTRADE_\(variable)"
        let resolver = SecretResolver(environment: environment, folder: folder)
        var reference: SecretReference?
        var line = section.line
        if reader.isSet(key, in: section) {
            line = section.line(of: key)
            reference = reader.optional(key, in: section, .secret)
            if reference == nil { return nil }
        } else if let file = environment["\(name)_FILE"], !file.isEmpty {
            reference = .file(file)
            reader.record(path, EffectiveYAML.scalar("file:\(file)"), .environment("\(name)_FILE"))
        } else if environment[name]?.isEmpty == false {
            reference = .environment(name)
            reader.record(path, EffectiveYAML.scalar("env:\(name)"), .environment(name))
        } else {
            reader.record(path, "null", .standard)
        }
        guard needed else { return nil }
        guard let reference else {
            reader.refuse(
                "missing-secret", "tastytrade is enabled but `\(path)` is not given", at: path, line: line,
                fix: "write \(SecretReference.forms), or set \(name)")
            return nil
        }
        do { return try resolver.resolve(reference) } catch {
            reader.refuse(error.code, "`\(path)` \(error.message)", at: path, line: line, fix: error.fix)
            return nil
        }
    }

    private mutating func accountNumbers(_ key: String, in section: ConfigurationSection) -> [String] {
        reader.texts(key, in: section, show: { AccountKey(BrokerID(""), $0).masked })
    }

    private mutating func caFile(_ section: ConfigurationSection) -> String? {
        guard let path = optionalPath("caFile", in: section) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) {
            let place = section.path.appending("caFile")
            reader.refuse(
                "missing-file", "`\(place)` refers to \(path), which cannot be read", at: place,
                line: section.line(of: "caFile"), fix: "name a PEM file of trusted authorities")
        }
        return path
    }

    private mutating func quotas(_ broker: ConfigurationSection) -> [String: Quota] {
        let section = reader.section("limits", of: broker, keys: Self.tastytradeScopes)
        if section.keys.isEmpty { reader.record(section.path, "{}", .standard) }
        var quotas: [String: Quota] = [:]
        for scope in section.keys where Self.tastytradeScopes.contains(scope) {
            quotas[scope] = reader.optional(scope, in: section, .quota)
        }
        return quotas
    }
}

extension ValueKind where Value == Quota {
    /// Requests per interval: `2/1s`.
    static let quota = ValueKind(
        parse: { text throws(ValueProblem) in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let requests = Int(parts[0]), (1...10_000).contains(requests),
                let interval = DurationText.parse(String(parts[1])), interval > .zero
            else { throw ValueProblem("takes requests per interval, not `\(text)`", fix: "write 2/1s or 60/1m") }
            return Quota(requests, per: interval)
        }, show: { "\($0.requests)/\(DurationText.show($0.interval))" })
}

extension ValueKind where Value == String {
    /// An absolute URL that the broker's bytes may go to. Not repeated in errors: user information may be in it.
    static func url(_ schemes: [String], _ policy: EndpointPolicy) -> ValueKind {
        ValueKind(
            parse: { text throws(ValueProblem) in
                guard let endpoint = Endpoint(text), schemes.contains(endpoint.scheme) else {
                    throw ValueProblem("takes an absolute URL with \(schemes.joined(separator: " or "))")
                }
                do throws(TransportError) { try policy.check(text) } catch {
                    let fix =
                        policy.allows(host: endpoint.host) || endpoint.scheme != schemes[0]
                        ? "use \(schemes[0]), or a loopback host" : "add the host to `allowedHosts` if it is yours"
                    throw ValueProblem("is refused: \(error.message)", fix: fix)
                }
                var url = text
                while url.hasSuffix("/") { url.removeLast() }
                return url
            }, show: { $0 })
    }

    /// A version of the broker's API: `YYYYMMDD`.
    static let apiVersion = ValueKind(
        parse: { text throws(ValueProblem) in
            guard text.count == 8, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw ValueProblem("takes a version as YYYYMMDD, not `\(text)`")
            }
            return text
        }, show: { $0 })
}
