import Foundation
import PortfolioModel
import PortfolioStore

/// What `doctor` found, check by check, in order.
struct DoctorReport: Codable, Sendable {
    enum Result: String, Codable, Sendable { case pass, warn, fail, skipped }

    struct Check: Codable, Sendable {
        var name: String
        var result: Result
        var message: String
        var fix: String?
    }

    var schema = "tributary.doctor/1"
    var checks: [Check] = []

    var table: String {
        let width = checks.map(\.name.count).max() ?? 0
        return checks.map { check in
            let name = check.name.padding(toLength: width, withPad: " ", startingAt: 0)
            let fix = check.fix.map { "\n" + String(repeating: " ", count: width + 9) + "fix: \($0)" } ?? ""
            let result = check.result.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            return "\(result)  \(name)  \(check.message)\(fix)"
        }.joined(separator: "\n") + "\n"
    }
}

/// Ordered checks, each only as far as the ones before it allow.
struct Doctor {
    private let options: GlobalOptions
    private var startCommand = ""
    private var report = DoctorReport()

    init(_ options: GlobalOptions) { self.options = options }

    func examine() async -> DoctorReport {
        var doctor = self
        guard let configuration = doctor.checkConfiguration() else { return doctor.report }
        doctor.checkFolder(configuration)
        doctor.report.checks += WritableFolders(configuration).checks
        doctor.checkDatabase(configuration)
        await doctor.checkService(configuration)
        return doctor.report
    }

    private mutating func note(_ name: String, _ result: DoctorReport.Result, _ message: String, fix: String? = nil) {
        report.checks.append(.init(name: name, result: result, message: message, fix: fix))
    }

    private mutating func checkConfiguration() -> ServiceConfiguration? {
        do {
            let profile = try Profile(options)
            startCommand = profile.startCommand
            let configuration = try profile.load()
            if profile.isUnconfigured {
                note(
                    "configuration", .warn, "none at \(profile.paths.configuration): defaults, no broker enabled",
                    fix: Profile.configurationFix)
            } else {
                note("configuration", .pass, profile.configurationPath ?? "defaults")
            }
            return configuration
        } catch let errors as CommandErrors {
            for error in errors.errors { note("configuration", .fail, error.statement, fix: error.fix) }
        } catch let error as CommandError {
            note("configuration", .fail, error.statement, fix: error.fix)
        } catch {
            note("configuration", .fail, "\(error)")
        }
        return nil
    }

    private mutating func checkFolder(_ configuration: ServiceConfiguration) {
        let folder = (configuration.databasePath as NSString).deletingLastPathComponent
        guard let isOpen = Self.isOpenToOthers(folder) else {
            return note("folder", .skipped, "\(folder) does not exist yet")
        }
        if isOpen {
            note("folder", .fail, "\(folder) is open to other users", fix: "chmod 700 '\(folder)'")
        } else {
            note("folder", .pass, "\(folder) is yours alone")
        }
        var file = statvfs()
        if statvfs(folder, &file) == 0 {
            let free = (UInt64(file.f_bavail) * UInt64(file.f_frsize)) >> 20
            note(
                "disk", free < 200 ? .warn : .pass, "\(free) MiB free", fix: free < 200 ? "make room on this disk" : nil
            )
        }
    }

    /// nil when it is not there.
    private static func isOpenToOthers(_ path: String) -> Bool? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode & 0o077 != 0 : nil
    }

    private mutating func checkDatabase(_ configuration: ServiceConfiguration) {
        if Self.isOpenToOthers(configuration.databasePath) == true {
            note(
                "database", .fail, "\(configuration.databasePath) is open to other users",
                fix: "chmod 600 '\(configuration.databasePath)'")
        }
        do {
            let store = try PortfolioStore.openReadOnly(configuration.databasePath)
            let findings = try store.verify()
            for finding in findings {
                note("database", .fail, finding.description, fix: "restore the latest backup")
            }
            if findings.isEmpty { note("database", .pass, "intact, import hashes verified") }
        } catch {
            if error.code == .missing {
                return note("database", .skipped, "\(configuration.databasePath) does not exist yet")
            }
            note("database", .fail, error.message, fix: error.fix)
        }
    }

    /// Whether everything held can be valued in base currency, and what a portfolio holds in the portfolio's.
    private mutating func checkRates(_ client: ControlClient, _ configuration: ServiceConfiguration) async throws {
        let names: [DocumentName] = [.accounts, .positions, .balances]
        let book = try await client.ask(ControlRequest(.documents(DocumentQuery(names, unmask: true))))
        let held = HeldCurrencies(
            accounts: try decode(book, .accounts), positions: try decode(book, .positions),
            balances: try decode(book, .balances))
        var needs: [RatesCheck.Need] = []
        var wanted = [(target: configuration.base, currencies: held.all)]
        wanted += configuration.portfolios.map { (target: $0.base, currencies: held.of($0.accounts)) }
        for need in wanted {
            var query = DocumentQuery([.fx])
            query.currency = need.target.code
            let rates: FXDocument = try decode(try await client.ask(ControlRequest(.documents(query))), .fx)
            needs.append(RatesCheck.Need(held: need.currencies, rates: rates))
        }
        report.checks.append(RatesCheck(needs).check)
    }

    private func decode<D: Document>(_ answer: ControlResponse, _ name: DocumentName) throws -> D {
        try DocumentDecoder().decode(D.self, from: Data((answer.documents[name] ?? "").utf8))
    }

    private mutating func checkService(_ configuration: ServiceConfiguration) async {
        let client = ControlClient(path: configuration.socketPath)
        guard await client.isServiceRunning() else {
            return note("service", .warn, "no service is running", fix: "start it with: \(startCommand)")
        }
        note("service", .pass, "answers on \(configuration.socketPath)")
        do {
            let answer = try await client.ask(ControlRequest(.documents(DocumentQuery([.status]))))
            let status = try DocumentDecoder().decode(
                StatusDocument.self, from: Data((answer.documents[.status] ?? "").utf8))
            for broker in status.brokers {
                let good = broker.state == BrokerState.live.rawValue
                note("broker \(broker.broker)", good ? .pass : .warn, broker.message ?? broker.state)
            }
            try await checkRates(client, configuration)
        } catch {
            note("service", .fail, "it does not answer as it should: \(error)")
        }
    }
}
