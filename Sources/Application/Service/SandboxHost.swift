import Foundation
import Sandbox
import TastytradeSandbox

/// The simulated brokers of one run, around one simulated market.
struct SandboxHost: Sendable {
    static let brokers = ["tastytrade"]

    let market: SimulatedMarket
    private let tastytrade: TastytradeSandbox

    var descriptions: [SandboxDescription] { [tastytrade.description] }

    static func start(_ options: SimulationOptions, certificates: String) async throws -> SandboxHost {
        if let book = options.freeze, book != "S11" {
            throw CommandError(
                "unknown-book", "there is no frozen book \(book)", fix: "use: --freeze S11", exit: .usage)
        }
        let sandbox = SandboxOptions(
            seed: options.seed, tls: options.tls, certificateDirectory: certificates, freeze: options.freeze,
            session: options.session == .real ? .real : .alwaysOpen)
        let market = SimulatedMarket(sandbox, start: Date())
        let tastytrade = try await TastytradeSandbox.start(sandbox, market: market)
        return SandboxHost(market: market, tastytrade: tastytrade)
    }

    func stop() async { await tastytrade.stop() }
}
