import FidelitySandbox
import Foundation
import PortfolioModel
import Sandbox

/// The demo's own configuration: written at each start, since the simulators' ports are new each time.
struct SandboxProfile: Sendable {
    private let profile: Profile

    init(_ profile: Profile) { self.profile = profile }

    /// Starts the simulators and writes configuration and test secrets for them.
    func start(_ options: SimulationOptions) async throws -> SandboxHost {
        let folder = profile.sandboxFolder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
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

    /// Imports the sample Fidelity files of today. A file that is already held changes nothing.
    func importSamples(of host: SandboxHost, into core: ServiceCore) async throws {
        guard core.made.contains(BrokerID("fidelity")) else { return }
        // Downloaded after the last close, as a person would have done it.
        let today = MarketZone.newYork.date(of: core.clock.now())
        let session = ExchangeCalendar.newYork.session(onOrBefore: today.adding(days: -1))
        for file in await FidelitySamples.files(asOf: MarketDate(session), market: host.market) {
            var request = ImportRequest(
                broker: "fidelity", fileName: file.name, bytes: Data(file.bytes).base64EncodedString())
            request.force = true
            _ = try await FileImport(core: core).run(request)
        }
    }
}
