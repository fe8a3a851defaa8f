import ArgumentParser

/// `tributary attribution`
struct AttributionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attribution",
        abstract: "What made the profit: delta, gamma, theta, vega, rho, FX, carry, fills and what is left.",
        discussion: """
            Between the moments at which the service kept the book: each session's open and close, each change of a \
            quantity, and now. A date stands for the close of its session.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    @Option(name: .long, help: "YYYY-MM-DD, yesterday, or entry.")
    var from = "yesterday"

    @Option(name: .long, help: "YYYY-MM-DD; until now when left out.")
    var to: String?

    func run() async throws {
        let session = try await CommandSession(options)
        var query = analysis.query
        var interval = IntervalQuery()
        (interval.from, interval.through) = (from, to)
        query.interval = interval
        try await session.show(
            .attribution, query: DocumentQuery([.attribution], unmask: options.unmask, analysis: query))
    }
}
