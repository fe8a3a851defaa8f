import ArgumentParser
import Foundation
import Sandbox

/// `tributary sandbox`
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run only the simulated brokers, for trying other clients against them.",
        discussion: """
            Prints one JSON line a broker with its URLs, account numbers and test credentials, and stays until \
            interrupted.
            """)

    @OptionGroup var simulation: SimulationOptions

    @Option(name: .long, help: "Brokers to simulate, separated by commas.")
    var brokers = "tastytrade"

    @Flag(name: .long, help: .hidden)
    var json = false

    func validate() throws {
        for name in brokers.split(separator: ",") where !SandboxHost.brokers.contains(String(name)) {
            throw ValidationError(
                "there is no simulator of \(name); one of: \(SandboxHost.brokers.joined(separator: ", "))")
        }
    }

    func run() async throws {
        // A folder of its own: a fixed name in a shared folder could be somebody else's.
        let folder = NSTemporaryDirectory() + "tributary-sandbox-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let host = try await SandboxHost.start(simulation, certificates: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for description in host.descriptions {
            Console.output(String(decoding: try encoder.encode(description), as: UTF8.self) + "\n")
        }
        await TerminationSignal.wait()
        await host.stop()
    }
}
