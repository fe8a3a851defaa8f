import BrokerKit
import Foundation
import PortfolioModel
import Testing

@testable import Application

struct ConfigurationLoaderTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var code: String
        var line: Int
        var field: String
        /// Part of the fix, or of the message where there is no fix.
        var says: String
        var testDescription: String { "\(code) \(field)" }
    }

    private static let accounts = "schema: 1\naccounts:\n  - {broker: fidelity, number: X1, name: a}\n"

    static let mistakes = [
        Mistake(text: "schema: 1\nbse: USD\n", code: "unknown-key", line: 2, field: "bse", says: "`base`"),
        Mistake(
            text: "schema: 1\nbrokers:\n  tastytrade:\n    enviroment: sandbox\n", code: "unknown-key", line: 4,
            field: "brokers.tastytrade.enviroment", says: "`environment`"),
        Mistake(
            text: "schema: 1\nbrokers:\n  fidelty: {}\n", code: "unknown-key", line: 3, field: "brokers.fidelty",
            says: "`fidelity`"),
        Mistake(
            text: "schema: 1\nzzzzzzzzzzzz: 1\n", code: "unknown-key", line: 2, field: "zzzzzzzzzzzz",
            says: "the keys here are"),
        Mistake(text: "base: USD\n", code: "missing-key", line: 1, field: "schema", says: "schema: 1"),
        Mistake(text: "schema: 2\n", code: "unknown-schema", line: 1, field: "schema", says: "schema 1"),
        Mistake(text: "schema: 1\nbase: dollars\n", code: "bad-value", line: 2, field: "base", says: "ISO 4217"),
        Mistake(text: "schema: 1\nsession: allways\n", code: "bad-value", line: 2, field: "session", says: "`always`"),
        Mistake(text: "schema: 1\nbase: [USD]\n", code: "bad-value", line: 2, field: "base", says: "one value"),
        Mistake(text: "schema: 1\nbase:\n", code: "bad-value", line: 2, field: "base", says: "no value"),
        Mistake(text: "schema: 1\nlimits: 5\n", code: "bad-value", line: 2, field: "limits", says: "quoteSilence"),
        Mistake(text: "schema: 1\naccounts: 5\n", code: "bad-value", line: 2, field: "accounts", says: "`- `"),
        Mistake(
            text: "schema: 1\nlimits:\n  quoteSilence: 900\n", code: "bad-value", line: 3, field: "limits.quoteSilence",
            says: "unit"),
        Mistake(
            text: "schema: 1\nlimits:\n  quoteSilence: 2d\n", code: "bad-value", line: 3, field: "limits.quoteSilence",
            says: "1s to 1d"),
        Mistake(
            text: "schema: 1\nlimits:\n  optionSpreadRelative: 1,5\n", code: "bad-value", line: 3,
            field: "limits.optionSpreadRelative", says: "point"),
        Mistake(
            text: "schema: 1\nbrokers:\n  fidelity:\n    enabled: yes\n", code: "bad-value", line: 4,
            field: "brokers.fidelity.enabled", says: "true or false"),
        Mistake(
            text: "schema: 1\nbrokers:\n  fidelity:\n    staleAfterSessions: 0\n", code: "bad-value", line: 4,
            field: "brokers.fidelity.staleAfterSessions", says: "1 to 60"),
        Mistake(
            text: "schema: 1\nsnapshots:\n  time: 24:00\n", code: "bad-value", line: 3, field: "snapshots.time",
            says: "16:15"),
        Mistake(
            text: "schema: 1\naccounts:\n  - broker: fidelity\n    name: x\n", code: "missing-key", line: 3,
            field: "accounts[0].number", says: "number:"),
        Mistake(
            text: accounts + "portfolios:\n  - {name: f, accounts: [a]}\n  - {name: f, accounts: [a]}\n",
            code: "duplicate", line: 6, field: "portfolios[1].name", says: "its own name"),
        Mistake(
            text: accounts + "portfolios:\n  - name: f\n    accounts: [a, a]\n", code: "duplicate", line: 6,
            field: "portfolios[0].accounts", says: "once"),
        Mistake(
            text: "schema: 1\nrates:\n  - {base: EUR, quote: USD, rate: 1.1, asOf: 2099-11-20}\n", code: "bad-value",
            line: 3, field: "rates[0].asOf", says: "was true"),
        Mistake(
            text: "schema: 1\nportfolios:\n  - name: all\n    accounts: [mine]\n", code: "unknown-account", line: 4,
            field: "portfolios[0].accounts", says: "name"),
        Mistake(
            text: "schema: 1\nrates:\n  - {base: USD, quote: INR, rate: 0, asOf: 2026-11-20}\n", code: "bad-value",
            line: 3, field: "rates[0].rate", says: "point"),
        Mistake(
            text: "schema: 1\nbrokers:\n  tastytrade:\n    apiURL: http://api.tastyworks.com\n", code: "bad-value",
            line: 4, field: "brokers.tastytrade.apiURL", says: "https"),
        Mistake(
            text: "schema: 1\nbrokers:\n  tastytrade:\n    apiURL: https://api.example.com\n", code: "bad-value",
            line: 4, field: "brokers.tastytrade.apiURL", says: "allowedHosts"),
        Mistake(
            text: "schema: 1\nbrokers:\n  tastytrade:\n    limits:\n      global: fast\n", code: "bad-value", line: 5,
            field: "brokers.tastytrade.limits.global", says: "2/1s"),
        Mistake(
            text: "schema: 1\nbrokers:\n  tastytrade:\n    enabled: true\n    clientSecret: env:A\n",
            code: "missing-secret", line: 5, field: "brokers.tastytrade.clientSecret", says: "set A"),
        Mistake(
            text: "schema: 1\nmodel:\n  underlyingGroups:\n    A: {SPX: 10}\n", code: "bad-value", line: 4,
            field: "model.underlyingGroups.A.SPX", says: "0.1 SPX"),
        Mistake(
            text: "schema: 1\nmodel:\n  underlyingGroups:\n    A: {XSP: 0.1 SPX}\n", code: "bad-value", line: 4,
            field: "model.underlyingGroups.A.XSP", says: "SPX: price"),
        Mistake(
            text: "schema: 1\nmodel:\n  underlyingGroups:\n    A: {SPY: price, VOO: price}\n", code: "bad-value",
            line: 4, field: "model.underlyingGroups.A.SPY", says: "`S&P 500: {}`"),
        Mistake(
            text: "schema: 1\nmodel:\n  underlyingGroups:\n    A: {INFY/rupees: price}\n", code: "bad-key", line: 4,
            field: "model.underlyingGroups.A.INFY/rupees", says: "ISO 4217"),
        Mistake(
            text: "schema: 1\nmodel:\n  rates: {rupees: 0.06}\n", code: "bad-key", line: 3,
            field: "model.rates.rupees", says: "ISO 4217"),
        Mistake(
            text: "schema: 1\nmodel:\n  dividends:\n    - {symbol: A, exDate: 8 Feb, amount: 1}\n", code: "bad-value",
            line: 4, field: "model.dividends[0].exDate", says: "2026-11-20"),
        Mistake(
            text: "schema: 1\nmodel:\n  dividends:\n    - {symbol: A, exDate: 2027-02-08, amount: -1}\n",
            code: "bad-value", line: 4, field: "model.dividends[0].amount", says: "from 0"),
    ]

    @Test(arguments: mistakes) func load_namesLineFieldAndFix(_ mistake: Mistake) throws {
        let errors = try ConfigurationFixture.errors(mistake.text)
        let error = try #require(errors.first { $0.field == mistake.field }, "\(errors)")
        #expect(error.code == mistake.code)
        #expect(error.line == mistake.line)
        #expect(error.file == "/etc/tributary/config.yaml")
        #expect("\(error.message) \(error.fix ?? "")".contains(mistake.says), "\(error)")
    }

    @Test func load_namesTheLineOfAHolidayFile() throws {
        try ConfigurationFixture.withFolder { folder in
            let path = folder + "/mcx.txt"
            try ConfigurationFixture.write("through 2027-12-31\n2027-01-26 shut\n", to: path)
            let errors = try ConfigurationFixture.errors("schema: 1\nmodel: {mcxHolidays: \(path)}\n")
            #expect(errors.map(\.code) == ["bad-calendar"] && errors.first?.line == 2 && errors.first?.file == path)
            #expect(errors.first?.fix?.contains("DATE closed") == true)
        }
    }

    @Test func load_reportsAllErrorsAtOnce_inTheOrderOfLines() throws {
        let text = """
            schema: 1
            bass: USD
            session: never
            limits:
              quoteSilence: soon
              quoteSilense: 3s
            brokers:
              fidelity:
                enabled: maybe
            """
        let errors = try ConfigurationFixture.errors(text)
        #expect(errors.map(\.line) == [2, 3, 5, 6, 9])
    }

    @Test(arguments: [
        ("a: [1\nb: 2", "bad-yaml"), ("schema: 1\nbase: USD\nbase: INR\n", "duplicate-key"), ("\t- x", "bad-yaml"),
    ])
    func load_refusesWhatIsNoYAML(text: String, code: String) throws {
        let errors = try ConfigurationFixture.errors(text)
        #expect(errors.map(\.code) == [code])
        #expect(errors.first?.line != nil)
    }

    @Test func load_takesDefaults_whenThereIsNoFile() throws {
        try ConfigurationFixture.withFolder { home in
            let environment = ["HOME": home]
            let paths = try ConfigurationFixture.paths(environment)
            let loaded = try ConfigurationLoader.load(path: nil, paths: paths, environment: environment)
            #expect(loaded.file == nil)
            #expect(loaded.base == .usd)
            #expect(!loaded.isEnabled(BrokerID("tastytrade")))
            #expect(loaded.databasePath == "\(home)/.local/share/tributary/tributary.db")
            #expect("\(loaded.logLevel)" == "info")
        }
    }

    @Test func load_refusesANamedFileThatIsNotThere() throws {
        let paths = try ConfigurationFixture.paths()
        #expect(throws: ConfigurationErrors.self) {
            try ConfigurationLoader.load(
                path: "/nowhere/config.yaml", paths: paths, environment: ConfigurationFixture.environment)
        }
    }

    @Test func paths_startAtTheFilesFolder_orTheHomeFolder() throws {
        let loaded = try ConfigurationFixture.parse("schema: 1\ndatabase: data/book.db\ninbox: ~/in\nlog: {file: /l}\n")
        #expect(loaded.databasePath == "/etc/tributary/data/book.db")
        #expect(loaded.backupDirectory == "/etc/tributary/data/backups")
        #expect(loaded.inboxPath == "/home/anna/in")
        #expect(loaded.logFilePath == "/l")
    }

    @Test(arguments: [("production", false), ("sandbox", true)])
    func sandboxEnvironment_makesASandboxBook(environment: String, isSandbox: Bool) throws {
        let text = """
            schema: 1
            brokers:
              tastytrade: {enabled: true, environment: \(environment), clientSecret: env:A, refreshToken: env:B}
            """
        let loaded = try ConfigurationFixture.parse(text, environment: ["HOME": "/h", "A": "one", "B": "two"])
        #expect(loaded.isSandbox == isSandbox)
        #expect(loaded.tastytrade.clientSecret?.reveal() == "one")
        #expect(loaded.tastytrade.refreshToken?.reveal() == "two")
    }

    @Test func alertRules_areCheckedWithTheRest() throws {
        try ConfigurationFixture.withFolder { folder in
            let rules =
                "schema: 1\nrules:\n  - name: a\n    metric: dayPnl\n    below: -1\n  - {name: b, metric: theta}\n"
            try ConfigurationFixture.write(rules, to: "\(folder)/alerts.yaml")
            let errors = try ConfigurationFixture.errors(
                "schema: 1\nalerts: alerts.yaml\nbass: USD\n", file: "\(folder)/config.yaml")
            let places = errors.map { "\(($0.file as NSString?)?.lastPathComponent ?? ""):\($0.line ?? 0)" }
            #expect(Set(places) == ["config.yaml:3", "alerts.yaml:4", "alerts.yaml:6"])
        }
    }

    @Test func alertRules_reportEveryFieldAndEveryName_atOnce() throws {
        let rules = """
            schema: 1
            rules:
              - {name: a, metric: dayPnl, above: 1, below: 2}
              - {name: b, metric: dayPnL, above: abc, for: 5 parsecs}
              - {name: a, metric: dayPnL, above: [1]}
              - {name: b, metric: dayPnL, above: 1}
            """
        let errors = try #require(throws: ConfigurationErrors.self) { try AlertRulesFile.parse(rules, file: "a.yaml") }
        #expect(
            errors.errors.map { "\($0.line ?? 0) \($0.field ?? "")" } == [
                "3 rules[0].metric", "3 rules[0].below", "4 rules[1].above", "4 rules[1].for", "5 rules[2].above",
                "5 rules[2].name", "6 rules[3].name",
            ])
    }

    @Test func alertRule_isRefused_onABrokerThatIsNone() throws {
        let rules = """
            schema: 1
            rules:
              - {name: a, metric: brokerUnhealthyAge, scope: "broker:tastytrade", above: 1}
              - {name: b, metric: brokerUnhealthyAge, scope: "broker:tastytrad", above: 1}
            """
        let errors = try #require(throws: ConfigurationErrors.self) { try AlertRulesFile.parse(rules, file: "a.yaml") }
        #expect(errors.errors.map(\.line) == [4])
        #expect(errors.errors.first?.message.contains("`tastytrad` is no broker of this service") == true)
    }

    @Test func currency_takesThreeLetters_whereNoTickerBelongs() throws {
        let text = """
            schema: 1
            base: EURO
            accounts:
              - {broker: fidelity, number: X1, currency: DOLLA}
            model:
              rates: {RUPEE: 0.06}
            rates:
              - {base: USDT, quote: USD, rate: 1, asOf: 2026-11-20}
            """
        let errors = try ConfigurationFixture.errors(text)
        #expect(errors.map(\.line) == [2, 4, 6])
        #expect(errors.allSatisfy { $0.fix == "write an ISO 4217 code such as USD" })
    }
}
