import ArgumentParser
import Foundation
import PortfolioModel

/// `tributary doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check configuration, permissions, database and brokers in order, with a fix for each finding.",
        discussion: "Exits 0 when nothing is wrong, 2 with findings.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let report = await Doctor(options).examine()
        if options.json {
            Console.output(try DocumentEncoder(pretty: Console.isOutputTerminal).text(report) + "\n")
        } else {
            Console.output(report.table)
        }
        if report.checks.contains(where: { $0.result == .fail || $0.result == .warn }) {
            throw ExitStatus.findings.exitCode
        }
    }
}
