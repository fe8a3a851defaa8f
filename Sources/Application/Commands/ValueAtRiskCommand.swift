import ArgumentParser

/// `tributary var`
struct ValueAtRiskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "var",
        abstract: "Value at risk and expected shortfall by three methods side by side.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    @Option(name: .long, parsing: .unconditional, help: "Confidence, 0.5 to 0.9999.")
    var confidence = 0.95

    @Option(name: .long, parsing: .unconditional, help: "Horizon in trading days, 1 to 60.")
    var horizon = 1

    @Option(name: .long, parsing: .unconditional, help: "Returns at most, the latest; fewer than 60 are no basis.")
    var window: Int?

    @Option(name: .long, parsing: .unconditional, help: "Monte Carlo paths, 100 to 1000000.")
    var paths = 10_000

    @Option(name: .long, parsing: .unconditional, help: "Seed of Monte Carlo.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "As it was kept by the end of this date (YYYY-MM-DD).")
    var asOf: String?

    @Option(name: .long, help: "Only this underlying.")
    var underlying: String?

    func validate() throws {
        if !(0.5...0.9999).contains(confidence) { throw ValidationError("--confidence takes 0.5 to 0.9999") }
        if !(1...60).contains(horizon) { throw ValidationError("--horizon takes 1 to 60") }
        if !(100...1_000_000).contains(paths) { throw ValidationError("--paths takes 100 to 1000000") }
        if let window, window < 2 { throw ValidationError("--window takes 2 or more") }
    }

    func run() async throws {
        let session = try await CommandSession(options)
        var query = analysis.query
        (query.underlying, query.asOf) = (underlying, asOf)
        var risk = ValueAtRiskQuery()
        (risk.confidence, risk.horizonDays, risk.paths, risk.seed) = (confidence, horizon, paths, seed)
        risk.window = window
        query.valueAtRisk = risk
        try await session.show(
            .valueAtRisk, query: DocumentQuery([.valueAtRisk], unmask: options.unmask, analysis: query))
    }
}
