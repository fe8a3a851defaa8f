import FidelitySandbox
import Foundation
import Logging
import PortfolioModel
import PortfolioStore
import Sandbox

/// The demo's own configuration: written at each start, since the simulators' ports are new each time.
struct SandboxProfile: Sendable {
    private let profile: Profile

    init(_ profile: Profile) { self.profile = profile }

    /// Makes the profile's folder this process's own for a run; before `start`, which writes into it. Throws when
    /// another run has it.
    static func lock(_ folder: String) throws -> InstanceLock {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do throws(StoreError) {
            return try InstanceLock("\(folder)/run.lock", database: folder)
        } catch {
            guard error.code == .locked else { throw CommandError(error) }
            throw CommandError(
                "sandbox-running", "another service of the sandbox profile is running", file: folder,
                fix: "stop it, or look at it: tributary status --sandbox", exit: .temporary)
        }
    }

    /// Starts the simulators and writes configuration and test secrets for them.
    func start(_ options: SimulationOptions) async throws -> SandboxHost {
        let folder = profile.sandboxFolder
        let host = try await SandboxHost.start(options, certificates: folder)
        for description in host.descriptions {
            for (name, secret) in description.credentials {
                try write(secret + "\n", to: "\(folder)/\(description.broker)-\(name)")
            }
        }
        try write(configuration(host, options, folder), to: "\(folder)/config.yaml")
        return host
    }

    private func configuration(_ host: SandboxHost, _ options: SimulationOptions, _ folder: String) -> String {
        let database = options.freeze.map { "tributary-\($0).db" } ?? "tributary.db"
        var text = """
            # Written by `tributary run --sandbox` at each start; changes are lost.
            schema: 1
            base: USD
            session: \(options.session == .real ? "exchange" : "always")
            database: \(folder)/\(database)

            """
        text += "brokers:\n"
        for description in host.descriptions where description.broker == "tastytrade" {
            text += """
                  tastytrade:
                    enabled: true
                    environment: sandbox
                    apiURL: \(description.urls["api"] ?? "")
                    accountStreamerURL: \(description.urls["accountStreamer"] ?? "")
                    clientSecret: file:\(folder)/tastytrade-clientSecret
                    refreshToken: file:\(folder)/tastytrade-refreshToken

                """
            if let ca = description.caFile { text += "    caFile: \(ca)\n" }
        }
        text += "  fidelity:\n    enabled: \(options.freeze == nil)\n"
        return text
    }

    /// Writes a file of mode 0600 in one step.
    private func write(_ text: String, to path: String) throws {
        let temporary = path + ".new"
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]),
            rename(temporary, path) == 0
        else {
            throw CommandError("unwritable", "the sandbox profile cannot be written", file: path, exit: .permission)
        }
    }

    /// Imports the sample Fidelity files of today.
    func importSamples(of host: SandboxHost, into core: ServiceCore) async throws {
        guard core.made.contains(BrokerID("fidelity")) else { return }
        // Downloaded after the last close, as a person would have done it.
        let today = MarketZone.newYork.date(of: core.clock.now())
        let session = ExchangeCalendar.newYork.session(onOrBefore: today.adding(days: -1))
        for file in await FidelitySamples.files(asOf: MarketDate(session), market: host.market) {
            try await Self.importSample(file.name, file.bytes, into: core)
        }
    }

    /// As a person's import: a file that is already held changes nothing, one older than what is held is left out.
    static func importSample(_ name: String, _ bytes: [UInt8], into core: ServiceCore) async throws {
        let request = ImportRequest(
            broker: "fidelity", fileName: name, bytes: Data(bytes).base64EncodedString())
        do {
            _ = try await FileImport(core: core).run(request)
        } catch let error as CommandError {
            guard error.code == "older-file" else { throw error }
            core.logger.notice(
                "a file of the demo was left out", metadata: ["file": "\(name)", "reason": "\(error.message)"])
        }
    }
}
