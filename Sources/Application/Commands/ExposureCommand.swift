import ArgumentParser

/// `tributary exposure`
struct ExposureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exposure",
        abstract: "Gross, net, leverage and concentration; money by currency; use of capital.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var analysis: AnalysisOptions

    func run() async throws {
        let session = try await CommandSession(options)
        try await session.show(
            .exposure, query: DocumentQuery([.exposure], unmask: options.unmask, analysis: analysis.query))
    }
}
