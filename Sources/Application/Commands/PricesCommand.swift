import ArgumentParser

/// `tributary prices`
struct PricesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices", abstract: "Daily prices held: for risk figures that need a history.",
        subcommands: [Show.self, Import.self], defaultSubcommand: Show.self)

    /// `tributary prices show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "How far daily prices reach; with a symbol, each of them.")

        @OptionGroup var options: GlobalOptions

        @Argument(help: "Only this instrument, by symbol (as `instruments` shows it).")
        var symbol: String?

        func run() async throws {
            let session = try await CommandSession(options)
            var query = DocumentQuery([.prices], unmask: options.unmask)
            query.symbol = symbol
            try await session.show(.prices, query: query)
        }
    }

    /// `tributary prices import`
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Read daily closes from CSV files.",
            discussion: """
                The columns are symbol,date,close and, where wanted, open, currency and source, in any order under a \
                header. Imported closes count before a feed's. The same file again changes nothing; a file with a row \
                that is not understood is refused whole.
                """)

        @OptionGroup var options: GlobalOptions

        @Argument(help: "Files to import, in this order.", completion: .file(extensions: ["csv"]))
        var files: [String]

        @Flag(name: .long, help: "Read and check the file; write nothing.")
        var dryRun = false

        func run() async throws {
            let session = try await CommandSession(options)
            for file in files { try await session.importData(.prices, path: file, dryRun: dryRun) }
        }
    }
}
