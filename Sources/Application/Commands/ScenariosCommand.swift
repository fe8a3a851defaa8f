import ArgumentParser

/// `tributary scenarios`
struct ScenariosCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenarios",
        abstract: "P&L by full revaluation over moves of price, volatility and time, and over historic windows.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    @Option(name: .long, help: "Only this underlying; draws its profit curve too.")
    var underlying: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: "Moves of the price in percent, separated by commas (-20,-10,0,10).")
    var moves: NumberList?

    @Option(name: .long, parsing: .unconditional, help: "Moves of the volatility in points, separated by commas.")
    var vols: NumberList?

    @Option(name: .long, parsing: .unconditional, help: "Calendar days forward, separated by commas.")
    var days: NumberList?

    @Flag(name: .long, help: "Each underlying moves by its beta times the index' move.")
    var linked = false

    @Option(name: .long, help: "A historic window by name, or all.")
    var window: String?

    func validate() throws {
        if moves?.values.contains(where: { $0 < -100 || $0 > 1_000 }) == true {
            throw ValidationError("--moves takes -100 to 1000 percent")
        }
        if vols?.values.contains(where: { $0 < -500 || $0 > 500 }) == true {
            throw ValidationError("--vols takes -500 to 500 points")
        }
        if days?.values.contains(where: { $0 < 0 || $0 > 3_650 }) == true {
            throw ValidationError("--days takes 0 to 3650")
        }
    }

    func run() async throws {
        let session = try await CommandSession(options)
        var query = analysis.query
        query.underlying = underlying
        var grid = GridQuery()
        grid.prices = moves?.values.map { $0 / 100 }
        grid.volatilities = vols?.values
        grid.days = days?.values
        grid.isBetaLinked = linked
        grid.window = window
        query.grid = grid
        try await session.show(
            .scenarios, query: DocumentQuery([.scenarios], unmask: options.unmask, analysis: query))
    }
}

/// Numbers separated by commas, at least one and at most 50.
struct NumberList: ExpressibleByArgument, Sendable, Equatable {
    var values: [Double]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        values = parts.compactMap { Double($0.filter { !$0.isWhitespace }) }.filter(\.isFinite)
        guard values.count == parts.count, (1...50).contains(values.count) else { return nil }
    }
}
