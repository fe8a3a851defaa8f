package import ArgumentParser
import Foundation
import PortfolioStore

/// The root of the command line: one subcommand a file.
package struct TributaryCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "tributary",
        abstract: "One live risk book over all your brokers.",
        discussion: """
            Data goes to stdout, messages to stderr. Exit codes: 0 ok, 1 failed, 2 findings, 64 usage, 65 bad data, \
            66 nothing there, 69 no service, 75 try again, 77 no permission, 78 bad configuration.
            """,
        version: VersionCommand.text,
        subcommands: [
            RunCommand.self, SyncCommand.self, StatusCommand.self, PositionsCommand.self, GreeksCommand.self,
            RiskCommand.self, ExposureCommand.self, ScenariosCommand.self,
            ValueAtRiskCommand.self, AttributionCommand.self, WhatIfCommand.self,
            AccountsCommand.self, BalancesCommand.self, TransactionsCommand.self, InstrumentsCommand.self,
            ImportCommand.self, FXCommand.self, PricesCommand.self, PriceCommand.self, BrokersCommand.self,
            SandboxCommand.self, ReplayCommand.self, DoctorCommand.self, ConfigCommand.self, VersionCommand.self,
        ])

    package init() {}

    /// Parses, runs and ends with the documented exit code.
    package static func start() async -> Never {
        umask(0o077)
        // A file at the limit of its size is a write that fails, not the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Foundation.exit(0)
        } catch {
            finish(error, asJSON: arguments.contains("--json"))
        }
    }

    /// Tells a person or a program why, and exits.
    static func finish(_ error: any Error, asJSON: Bool) -> Never {
        if let failure = error as? CommandError {
            Console.message(asJSON ? ErrorText.json(failure) : "tributary: \(failure.text)")
            Foundation.exit(failure.exitStatus)
        }
        if let failures = error as? CommandErrors {
            if asJSON, let first = failures.errors.first {
                Console.message(ErrorText.json(first, all: failures.errors))
            } else {
                for failure in failures.errors { Console.message("tributary: \(failure.text)") }
            }
            Foundation.exit(failures.errors.first?.exitStatus ?? 1)
        }
        if let error = error as? StoreError { finish(CommandError(error), asJSON: asJSON) }
        if error is ExitCode || error is CleanExit || error is ValidationError || isParserError(error) {
            exit(withError: error)
        }
        let failure = CommandError("unexpected", "\(error)", exit: .software)
        Console.message(asJSON ? ErrorText.json(failure) : "tributary: \(failure.text)")
        Foundation.exit(failure.exitStatus)
    }

    private static func isParserError(_ error: any Error) -> Bool {
        let code = exitCode(for: error)
        return code == .validationFailure || code == .success
    }
}

/// Several errors reported at once, such as all of a configuration's.
package struct CommandErrors: Error, Sendable {
    package var errors: [CommandError]
    package init(_ errors: [CommandError]) { self.errors = errors }
}
