import ArgumentParser

/// `tributary positions`
struct PositionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "positions",
        abstract: "Every position with mark, value, P&L and Greeks.")

    @OptionGroup var options: GlobalOptions
    @Flag(name: .long, help: "Print again every second until interrupted.")
    var watch = false

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.positions, watch: watch)
    }
}
