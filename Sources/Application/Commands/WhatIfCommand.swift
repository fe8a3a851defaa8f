import ArgumentParser
import Risk

/// `tributary what-if`
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "The book with hypothetical legs added: every figure before, after and by how much.",
        discussion: """
            A leg is QUANTITY SYMBOL [@PRICE] in one argument, such as "+100 SPY" or "-2 SPY 2026-12-18 570 P @5.05". \
            Without a price the mark is taken. Nothing is ordered.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    @Option(name: .customLong("leg"), parsing: .unconditionalSingleValue, help: "A leg; may be repeated.")
    var stated: [String] = []

    // Whatever is no option is a leg, since one to be sold begins with a minus; `--` comes with what follows it.
    @Argument(parsing: .allUnrecognized, help: "Legs.")
    var unrecognized: [String] = []

    var legs: [String] { stated + unrecognized.filter { $0 != "--" } }

    func validate() throws {
        if legs.isEmpty {
            throw ValidationError("state at least one leg: \(HypotheticalLeg.Mistake.fix)")
        }
    }

    func run() async throws {
        let session = try await CommandSession(options)
        var query = analysis.query
        query.legs = legs
        try await session.show(
            .whatIf, query: DocumentQuery([.whatIf], unmask: options.unmask, analysis: query))
    }
}
