import ArgumentParser
import PortfolioStore

/// `tributary version`
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Version of the program and of its database schema.")

    static let number = "0.1.0"
    static var text: String { "\(number) (schema \(PortfolioStore.schemaVersion))" }

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        if options.json {
            let document = VersionDocument(version: Self.number, schemaVersion: PortfolioStore.schemaVersion)
            Console.output(try DocumentEncoder(pretty: Console.isOutputTerminal).text(document) + "\n")
        } else {
            Console.output("tributary \(Self.text)\n")
        }
    }
}
