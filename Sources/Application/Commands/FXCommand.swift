import ArgumentParser

/// `tributary fx`
struct FXCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fx", abstract: "Exchange rates: what they are, by which way, how old.",
        subcommands: [Show.self, Import.self], defaultSubcommand: Show.self)

    /// `tributary fx show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Every currency in one; what the book holds comes first.")

        @OptionGroup var options: GlobalOptions

        @Option(name: .long, help: "In this currency (default: the base currency).")
        var currency: String?

        @Option(name: .long, help: "As they were at the end of this date (YYYY-MM-DD), from the history kept.")
        var asOf: String?

        func run() async throws {
            let session = try await CommandSession(options)
            var query = DocumentQuery([.fx], unmask: options.unmask)
            query.currency = currency
            query.asOf = asOf
            try await session.show(.fx, query: query)
        }
    }

    /// `tributary fx import`
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Read the European Central Bank's reference rates.",
            discussion: """
                Takes eurofxref-daily.xml, eurofxref-hist-90d.xml, eurofxref-hist.xml and their CSV form. Every day is \
                kept as history; the latest one counts from now on. The same file again changes nothing. A file with \
                a value that is not understood is refused whole.
                """)

        @OptionGroup var options: GlobalOptions

        @Argument(help: "Files to import, in this order.", completion: .file(extensions: ["xml", "csv"]))
        var files: [String]

        @Flag(name: .long, help: "Read and check the file; write nothing.")
        var dryRun = false

        func run() async throws {
            let session = try await CommandSession(options)
            for file in files { try await session.importData(.rates, path: file, dryRun: dryRun) }
        }
    }
}
