import ArgumentParser

/// `tributary greeks`
struct GreeksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "greeks",
        abstract: "Unit, position and money Greeks of every position.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions
    @Flag(name: .long, help: "Print again every second until interrupted.")
    var watch = false

    func run() async throws {
        let session = try await CommandSession(options)
        let query = analysis.query
        try await session.show(
            .greeks,
            query: DocumentQuery(
                [.greeks], unmask: options.unmask, analysis: query == AnalysisQuery() ? nil : query),
            watch: watch)
    }
}
