import BrokerKit
import Foundation
import PortfolioModel
import Risk
import Supervision
import Testing

@testable import Application

struct ExampleFileTests {
    private func example() throws -> String {
        try String(contentsOfFile: ConfigurationFixture.samples + "/tributary.example.yaml", encoding: .utf8)
    }

    @Test func example_isTheDefaults() throws {
        let loaded = try ConfigurationFixture.parse(example())
        let defaults = try ConfigurationLoader.parse(
            "", file: nil, paths: ConfigurationFixture.paths(), environment: ConfigurationFixture.environment)
        let stated = loaded.entries.map { "\($0.path): \($0.text)" }
        #expect(stated == defaults.entries.map { "\($0.path): \($0.text)" })
    }

    @Test func example_hasEveryKey() throws {
        let text = try example()
        let everything = try ConfigurationFixture.parse(Self.everything, environment: Self.environment)
        let keys = everything.entries.flatMap { $0.path.segments }.compactMap { segment -> String? in
            if case .key(let key) = segment { key } else { nil }
        }
        #expect(Set(keys).count > 50)
        for key in Set(keys) { #expect(text.firstMatch(of: try Regex("(?m)^[ #-]*\(key):")) != nil, "\(key)") }
    }

    @Test func everyKey_loads() throws {
        let loaded = try ConfigurationFixture.parse(Self.everything, environment: Self.environment)
        #expect(loaded.entries.filter { $0.origin == .standard }.map { "\($0.path)" } == [])
        #expect(loaded.base == .eur)
        #expect(loaded.session == .always)
        #expect("\(loaded.logLevel)" == "debug")
        #expect(loaded.snapshotTime == TimeOfDay(hour: 9, minute: 5))
        #expect(loaded.accounts.first?.taxStatus == .rothIra)
        #expect(loaded.portfolios.first?.accounts == [AccountKey(BrokerID("fidelity"), "X98765432")])
        #expect(loaded.tastytrade.environment == .sandbox)
        #expect(loaded.tastytrade.aggregationPeriod == .milliseconds(500))
        #expect(loaded.tastytrade.limits["option-chains"]?.requests == 4)
        #expect(loaded.tastytrade.dxlinkURL == "wss://feed.example.com/realtime")
        #expect(loaded.fidelity.staleAfterSessions == 7)
        #expect(loaded.limits.quoteSilence == .seconds(60))
        #expect(loaded.limits.optionSpreadRelative == ViewFixture.decimal("0.25"))
        let model = loaded.riskSettings.model
        #expect(model.yields == ["SPY": 0.012] && model.rates == [.inr: 0.065])
        #expect(model.dividends["AAPL"]?.map(\.amount) == [0.26])
        let groups = loaded.riskSettings.groups.members
        #expect(
            groups["Infosys"] == [
                .init("INFY", currency: .inr), .init("INFY", currency: .usd, .exact(value: 1, of: "INFY/INR")),
            ])
        #expect(groups["Russell 2000"] == nil && groups["S&P 500"]?.map(\.symbol) == ["SPY", "SPX", "XSP"])
        #expect(loaded.model.mcxHolidays?.contains("2027-01-26 closed") == true)
        #expect(loaded.rates.map(\.rate) == [ViewFixture.decimal("84.50")])
        #expect(loaded.fx.ecbURL == "http://127.0.0.1:8099/eurofxref-daily.xml")
        #expect(loaded.fx.ecbTime == TimeOfDay(hour: 17, minute: 5))
        let rules = FXRules(precedence: [.configuration, .file, .stream], staleAfter: .seconds(2 * 86_400))
        #expect(loaded.riskSettings.fx == rules)
        #expect(loaded.analysis == AnalysisSettings(sectors: ["AAPL": "Technology"]))
        #expect(loaded.betas == BetaSettings(index: "QQQ", weeks: 52, overrides: ["TSLA": 2.1]))
        #expect(loaded.riskSettings.quoteSilence == .seconds(60))
        #expect(loaded.supervisorSettings.staleAfterSessions == [BrokerID("fidelity"): 7])
    }

    @Test func alertExample_loads() throws {
        let rules = try AlertRulesFile.load(ConfigurationFixture.samples + "/alerts.example.yaml")
        #expect(!rules.isEmpty)
    }

    @Test func effective_showsOrigins_andHidesNumbersAndSecrets() throws {
        let loaded = try ConfigurationFixture.parse(Self.everything, environment: Self.environment)
        let text = try ConfigurationReport.show(loaded, effective: true, json: false)
        #expect(text.firstMatch(of: /base: EUR +# line 2\n/) != nil)
        #expect(text.contains("clientSecret: env:A"))
        #expect(!text.contains("X98765432"))
        #expect(!text.contains("5WX01234"))
        #expect(!text.contains("alpha-secret"))
        #expect(text.contains("****5432"))
        let plain = try ConfigurationFixture.parse("schema: 1\n")
        #expect(try ConfigurationReport.show(plain, effective: true, json: false).contains("base: USD"))
        let shown = try ConfigurationReport.show(plain, effective: false, json: false)
        #expect(shown.hasPrefix("schema: 1\nbase: USD\n") && shown.contains("    enabled: false\n"))
        #expect(!shown.contains("#"))
        let own = try ConfigurationReport.show(loaded, effective: false, json: false)
        #expect(own == EffectiveYAML.text(loaded.entries, origins: false))
        #expect(own.contains("clientSecret: env:A") && !own.contains("alpha-secret") && !own.contains("X98765432"))
    }

    /// What is shown is a configuration again.
    @Test func effective_readsBack() throws {
        let loaded = try ConfigurationFixture.parse(Self.everything, environment: Self.environment)
        try expectRoundTrip(loaded, Self.environment)
    }

    /// What has no value is shown as `null`; a name that reads like it is in quotes.
    @Test(arguments: ["schema: 1\n", "schema: 1\naccounts: [{broker: fidelity, number: Z00012345, name: \"null\"}]\n"])
    func effective_readsBack_whereKeysAreNotSet(text: String) throws {
        let loaded = try ConfigurationFixture.parse(text)
        #expect(loaded.entries.contains { $0.text == "null" })
        try expectRoundTrip(loaded, ConfigurationFixture.environment)
    }

    private func expectRoundTrip(_ loaded: ServiceConfiguration, _ environment: [String: String]) throws {
        let shown = try ConfigurationReport.show(loaded, effective: false, json: false, unmask: true)
        let again = try ConfigurationFixture.parse(shown, environment: environment)
        #expect(again.entries.map { "\($0.path): \($0.whole)" } == loaded.entries.map { "\($0.path): \($0.whole)" })
        #expect(again.accounts == loaded.accounts && again.tastytrade.accounts == loaded.tastytrade.accounts)
        #expect(again.tastytrade.limits == loaded.tastytrade.limits)
        #expect(again.tastytrade.clientSecret?.reveal() == loaded.tastytrade.clientSecret?.reveal())
        #expect(again.rates == loaded.rates && again.model == loaded.model && again.fx == loaded.fx)
        #expect(again.databasePath == loaded.databasePath && again.alertsPath == loaded.alertsPath)
        let masked = try ConfigurationReport.show(loaded, effective: false, json: false)
        #expect(masked.contains("****") == (masked != shown))
    }

    @Test(arguments: ["null", "~", "", "Null"])
    func null_meansNotSet_ofAKeyWithoutDefault(null: String) throws {
        let brokers = "brokers: {tastytrade: {caFile: \(null)}}"
        let loaded = try ConfigurationFixture.parse(
            "schema: 1\nalerts: \(null)\nmodel: {mcxHolidays: \(null)}\n\(brokers)\n")
        #expect(loaded.alertsPath == nil && loaded.model.mcxHolidays == nil && loaded.tastytrade.caFile == nil)
        #expect(loaded.entries.first { $0.path.description == "alerts" }?.text == "null")
    }

    @Test func maskedNumber_isRefused_withTheWayToAWholeOne() throws {
        let errors = try ConfigurationFixture.errors(
            "schema: 1\naccounts: [{broker: fidelity, number: \"****2345\"}]\n")
        #expect(errors.map(\.field) == ["accounts[0].number"] && errors.first?.fix?.contains("--unmask") == true)
    }

    @Test func null_isRefused_ofAKeyWithADefault() throws {
        let errors = try ConfigurationFixture.errors("schema: 1\nbase: null\nlimits: {quoteSilence: ~}\n")
        #expect(errors.map(\.field) == ["base", "limits.quoteSilence"])
        #expect(errors.allSatisfy { $0.message.contains("has no value") && $0.fix?.contains("remove the key") == true })
    }

    /// As if the key were missing: the environment may have it, and an enabled broker cannot do without.
    @Test func null_ofASecret_isTheEnvironments() throws {
        let text = "schema: 1\nbrokers: {tastytrade: {enabled: true, clientSecret: null, refreshToken: ~}}\n"
        let environment = [
            "HOME": "/home/anna", "TRIBUTARY_TASTYTRADE_CLIENT_SECRET": "a", "TRIBUTARY_TASTYTRADE_REFRESH_TOKEN": "b",
        ]
        #expect(try ConfigurationFixture.parse(text, environment: environment).tastytrade.clientSecret != nil)
        let codes = try ConfigurationFixture.errors(text).map(\.code)
        #expect(codes == ["missing-secret", "missing-secret"])
    }

    static let environment = ["HOME": "/home/anna", "A": "alpha-secret", "B": "beta-secret"]
    static let everything = """
        schema: 1
        base: EUR
        session: always
        database: /d/book.db
        inbox: /d/inbox
        alerts: \(ConfigurationFixture.samples)/alerts.example.yaml
        log: {level: debug, file: /d/log}
        snapshots: {time: "09:05"}
        accounts:
          - {broker: fidelity, number: X98765432, name: retirement, taxStatus: rothIra, currency: USD}
        portfolios:
          - {name: family, base: USD, accounts: [retirement]}
        brokers:
          tastytrade:
            enabled: true
            environment: sandbox
            clientSecret: env:A
            refreshToken: env:B
            accounts: ["5WX01234"]
            apiURL: https://api.example.com/
            accountStreamerURL: ws://127.0.0.1:8080
            dxlinkURL: wss://feed.example.com/realtime
            allowedHosts: ["*.example.com"]
            caFile: \(ConfigurationFixture.samples)/alerts.example.yaml
            acceptVersion: "20251101"
            userAgent: tributary/2.0
            reconcileInterval: 90s
            historyDays: 7
            aggregationPeriod: 500ms
            quoteTokenLifetime: 1h
            stepTimeout: 9s
            heartbeatInterval: 30s
            keepaliveInterval: 15s
            silenceLimit: 45s
            loginHold: 1m
            connectTimeout: 3s
            requestTimeout: 20s
            limits: {option-chains: 4/1s}
          fidelity: {enabled: true, staleAfterSessions: 7}
        limits: {quoteSilence: 60s, optionSpreadAbsolute: 2, optionSpreadRelative: 0.25}
        model:
          rate: 0.03
          rates: {INR: 0.065}
          yields: {SPY: 0.012}
          dividends:
            - {symbol: AAPL, exDate: 2027-02-08, amount: 0.26}
          mcxHolidays: \(ConfigurationFixture.samples)/mcx.example.txt
          underlyingGroups: {Infosys: {INFY/INR: price, INFY/USD: 1 INFY/INR}, Russell 2000: {}}
        rates:
          - {base: USD, quote: INR, rate: 84.50, asOf: 2026-11-20}
        fx:
          staleAfter: 2d
          precedence: "configuration,file, stream"
          ecb: {url: "http://127.0.0.1:8099/eurofxref-daily.xml", at: "17:05"}
        betas: {index: QQQ, weeks: 52, overrides: {TSLA: 2.1}}
        analysis: {sectors: {AAPL: Technology}}
        """
}
