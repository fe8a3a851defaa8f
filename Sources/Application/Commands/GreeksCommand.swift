import ArgumentParser

/// `tributary greeks`
struct GreeksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "greeks",
        abstract: "Unit, position and money Greeks of every position.")

    @OptionGroup var options: GlobalOptions
    @Flag(name: .long, help: "Print again every second until interrupted.")
    var watch = false

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.greeks, watch: watch)
    }
}
