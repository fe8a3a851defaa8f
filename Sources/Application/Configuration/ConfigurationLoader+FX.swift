import BrokerKit
import PortfolioModel

extension ConfigurationLoader {
    mutating func fx(_ root: ConfigurationSection) -> FXSettings {
        let section = reader.section("fx", of: root, keys: ["staleAfter", "precedence", "ecb"])
        var settings = FXSettings()
        settings.rules.staleAfter = reader.value(
            "staleAfter", in: section, .duration(.seconds(3600)...(.seconds(366 * 86_400))),
            default: .seconds(4 * 86_400))
        let words = settings.rules.precedence.map(\.rawValue).joined(separator: ", ")
        settings.rules.precedence =
            reader.value("precedence", in: section, .precedence, default: words)
            .split(separator: ",").compactMap { FXSourceKind(rawValue: $0.filter { $0 != " " }) }
        let ecb = reader.section("ecb", of: section, keys: ["url", "at"])
        settings.ecbURL = reader.optional("url", in: ecb, .fileURL)
        settings.ecbTime = reader.value("at", in: ecb, .timeOfDay, default: settings.ecbTime)
        return settings
    }

    mutating func betas(_ root: ConfigurationSection) -> BetaSettings {
        let section = reader.section("betas", of: root, keys: ["index", "weeks", "overrides"])
        var betas = BetaSettings()
        betas.index = reader.value("index", in: section, .text, default: betas.index)
        betas.weeks = reader.value("weeks", in: section, .integer(13...520), default: betas.weeks)
        let overrides = reader.section("overrides", of: section, keys: nil)
        for symbol in overrides.keys {
            betas.overrides[symbol] = reader.value(symbol, in: overrides, .number(-20...20), default: 0)
        }
        if overrides.keys.isEmpty { reader.record(overrides.path, "{}", .standard) }
        return betas
    }
}

extension ValueKind where Value == String {
    /// An absolute URL, encrypted unless the host is this machine.
    static let fileURL = ValueKind(
        parse: { text throws(ValueProblem) in
            guard let endpoint = Endpoint(text), ["https", "http"].contains(endpoint.scheme) else {
                throw ValueProblem("takes an absolute URL with https")
            }
            do throws(TransportError) {
                try EndpointPolicy(allowedHosts: [endpoint.host]).check(text)
            } catch {
                throw ValueProblem("is refused: \(error.message)", fix: "use https, or a loopback host")
            }
            return text
        }, show: { $0 })

    /// The kinds of sources of exchange rates, best first, each once.
    static let precedence = ValueKind(
        parse: { text throws(ValueProblem) in
            let kinds = text.split(separator: ",").map { FXSourceKind(rawValue: $0.filter { $0 != " " }) }
            guard kinds.allSatisfy({ $0 != nil }), Set(kinds).count == FXSourceKind.allCases.count,
                kinds.count == FXSourceKind.allCases.count
            else {
                throw ValueProblem(
                    "takes stream, file and configuration, each once, not `\(text)`",
                    fix: "write \"stream, file, configuration\" in the order you want")
            }
            return kinds.compactMap { $0?.rawValue }.joined(separator: ", ")
        }, show: { $0 })
}
