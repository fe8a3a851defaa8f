import ArgumentParser

/// `tributary risk`
struct RiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk",
        abstract: "The risk book: totals, Greeks by any dimension, legs at expiry, assignment risk.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    @Option(name: .long, parsing: .unconditional, help: "List derivatives with at most so many days left.")
    var expiring = 7

    @Flag(name: .long, help: "Print again every second until interrupted.")
    var watch = false

    func validate() throws {
        if expiring < 0 || expiring > 3_650 { throw ValidationError("--expiring takes 0 to 3650") }
    }

    func run() async throws {
        let session = try await CommandSession(options)
        var query = analysis.query
        query.expiringDays = expiring
        try await session.show(
            .risk, query: DocumentQuery([.risk], unmask: options.unmask, analysis: query), watch: watch)
    }
}
