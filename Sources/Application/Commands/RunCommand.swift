import ArgumentParser
import Foundation

/// `tributary run`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start the service and show live figures.",
        discussion: "With --sandbox it brings its own simulated brokers, configuration and database.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var simulation: SimulationOptions

    @Flag(name: .long, help: "No screen: at the end print the final status document on stdout.")
    var headless = false

    @Option(name: .customLong("for"), parsing: .unconditional, help: "Stop after so many seconds.")
    var seconds: Double?

    @Option(
        name: .long, help: "Write status, positions, accounts and balances of one sequence as JSON into this folder.")
    var out: String?

    @Option(
        name: .long,
        help: "Record everything the run hears into this new file, without secrets; `tributary replay` repeats it.")
    var record: String?

    func validate() throws {
        if let seconds, !(seconds > 0 && seconds <= 31_536_000) {
            throw ValidationError("--for takes a number of seconds above 0")
        }
    }

    func run() async throws {
        let plan = ServiceRun.Plan(
            screen: !headless, duration: seconds.map { .milliseconds(Int64($0 * 1000)) }, outputDirectory: out,
            recordingPath: record, options: options, simulation: simulation)
        try await ServiceRun(plan: plan).run()
    }
}

/// Options of the simulated market.
struct SimulationOptions: ParsableArguments {
    @Option(name: .long, parsing: .unconditional, help: "Seed of the simulated market.")
    var seed: UInt64 = 1

    @Flag(name: .long, help: "The simulators serve TLS with a certificate of their own.")
    var tls = false

    @Option(name: .long, help: "Freeze the simulated market at a book: S11.")
    var freeze: String?

    @Option(name: .long, help: "Sessions of the simulated market: always, or real for the exchange's hours.")
    var session: SessionChoice = .always

    enum SessionChoice: String, ExpressibleByArgument, CaseIterable { case always, real }
}
