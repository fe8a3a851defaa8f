import ArgumentParser

/// `tributary status`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Brokers, accounts, totals and what expires, on one screen.",
        discussion: "Exits 0 when every broker is live, 2 when one is not, 69 when no service runs."
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .long, help: "Print again every second until interrupted.")
    var watch = false

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(.status, watch: watch)
    }
}
