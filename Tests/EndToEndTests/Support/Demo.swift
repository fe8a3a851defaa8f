import Foundation

/// A simulator and a service that talks to it, each a process of its own, with a configuration written here.
struct Demo: Sendable {
    let program: Program
    let simulator: RunningProgram
    let venue: Venue
    let configuration: URL
    let description: JSON

    /// Starts the simulator and writes the configuration; the service is not started yet.
    static func start(_ simulation: [String] = [], extra: String = "", tastytrade: String = "") async throws -> Demo {
        let program = try Program()
        let simulator = try program.start(["sandbox"] + simulation)
        do {
            return try await start(program, simulator, extra: extra, tastytrade: tastytrade)
        } catch {
            simulator.signal(SIGKILL)
            let output = await simulator.finish()
            program.remove()
            throw EndToEndError("\(error)\nsimulator said:\n\(output.err.suffix(2000))")
        }
    }

    private static func start(
        _ program: Program, _ simulator: RunningProgram, extra: String, tastytrade: String
    ) async throws -> Demo {
        let line = try await simulator.firstLine()
        let description = try JSON(parsing: Data(line.utf8))
        let configuration = program.home.appendingPathComponent("config.yaml")
        try secret(description["credentials"]["clientSecret"], program.home, "secret")
        try secret(description["credentials"]["refreshToken"], program.home, "token")
        let ca = description["caFile"].text.map { "    caFile: \($0)\n" } ?? ""
        let text = """
            schema: 1
            base: USD
            session: always
            database: \(program.home.path)/book/tributary.db
            \(extra)
            brokers:
              fidelity:
                enabled: true
              tastytrade:
                enabled: true
                environment: sandbox
                apiURL: \(description["urls"]["api"].text ?? "")
                accountStreamerURL: \(description["urls"]["accountStreamer"].text ?? "")
                clientSecret: file:\(program.home.path)/secret
                refreshToken: file:\(program.home.path)/token
            \(tastytrade)

            """ + ca
        try Data(text.utf8).write(to: configuration)
        return Demo(
            program: program, simulator: simulator, venue: Venue(control: description["urls"]["control"].text ?? ""),
            configuration: configuration, description: description)
    }

    private static func secret(_ value: JSON, _ home: URL, _ name: String) throws {
        let path = home.appendingPathComponent(name).path
        let contents = Data((value.text ?? "").utf8)
        guard
            FileManager.default.createFile(atPath: path, contents: contents, attributes: [.posixPermissions: 0o600])
        else { throw EndToEndError("cannot write \(path)") }
    }

    func command(_ arguments: [String]) async throws -> Program.Output {
        try await program.run(arguments + ["--config", configuration.path])
    }

    /// Seconds where a person would wait minutes: what a broker's settings are called in the configuration.
    static let quick = quick(silenceLimit: 20)

    /// A short limit of silence is for the tests of silence: on a busy machine others would meet it too.
    static func quick(silenceLimit: Int) -> String {
        """
            reconcileInterval: 5s
            heartbeatInterval: 2s
            keepaliveInterval: 1s
            silenceLimit: \(silenceLimit)s
            stepTimeout: 5s
            aggregationPeriod: 100ms
        """
    }

    func startService(_ extra: [String] = []) throws -> RunningProgram {
        try program.start(["run", "--headless", "--config", configuration.path] + extra)
    }

    /// One document of the service; throws when there is none.
    func document(_ name: String) async throws -> JSON {
        let output = try await command([name, "--json", "--unmask", "--quiet"])
        guard !output.out.isEmpty else { throw EndToEndError("\(name): exit \(output.status): \(output.err)") }
        return try JSON(parsing: output.out)
    }

    /// Waits until the broker is live and every option carries feed Greeks.
    @discardableResult
    func whenLive(within seconds: Double = 40) async throws -> JSON {
        try await eventually("a live book", within: seconds) {
            let output = try await command(["positions", "--json", "--quiet"])
            guard let positions = try? JSON(parsing: output.out),
                positions["positions"].items.contains(where: isOption),
                try await state(of: "tastytrade") == "live"
            else { return nil }
            let options = positions["positions"].items.filter {
                ($0["instrument"]["kind"].text ?? "").hasSuffix("Option")
            }
            return options.allSatisfy { $0["unitGreeks"]["state"].text == "confirmed" } ? positions : nil
        }
    }

    func state(of broker: String) async throws -> String? { try await row(of: broker)["state"].text }

    /// What `status` says of one broker; null while there is no service.
    func row(of broker: String) async throws -> JSON {
        let output = try await command(["status", "--json", "--quiet"])
        guard let status = try? JSON(parsing: output.out), output.status != 69 else { return .null }
        return status["brokers"].items.first { $0["broker"].text == broker } ?? .null
    }

    /// Waits for a broker to be in one of some states.
    func when(_ broker: String, is states: Set<String>, within seconds: Double = 40) async throws {
        _ = try await eventually("\(broker) \(states)", within: seconds) {
            try await state(of: broker).flatMap { states.contains($0) ? $0 : nil }
        }
    }

    func stop() async {
        simulator.signal(SIGTERM)
        _ = await simulator.finish()
        program.remove()
    }
}

/// Runs a body with a demo and takes everything down after it, whatever happens.
func withDemo(
    _ simulation: [String] = [], extra: String = "", tastytrade: String = "",
    _ body: (Demo) async throws -> Void
) async throws {
    let demo = try await Demo.start(simulation, extra: extra, tastytrade: tastytrade)
    do { try await body(demo) } catch {
        await demo.stop()
        throw error
    }
    await demo.stop()
}

/// As `withDemo`, with a running service.
func withService(
    _ simulation: [String] = [], extra: String = "", tastytrade: String = "",
    _ body: (Demo, RunningProgram) async throws -> Void
) async throws {
    try await withDemo(simulation, extra: extra, tastytrade: tastytrade) { demo in
        let service = try demo.startService()
        do {
            try await demo.whenLive()
            try await body(demo, service)
        } catch {
            service.signal(SIGKILL)
            let output = await service.finish()
            throw EndToEndError("\(error)\nservice said:\n\(output.err.suffix(4000))")
        }
        service.signal(SIGTERM)
        _ = await service.finish()
    }
}

func isOption(_ position: JSON) -> Bool { position["instrument"]["right"].text != nil }

/// Runs a body beside a started command and ends the command after it, whatever happens.
func withRunning(_ command: RunningProgram, _ body: (RunningProgram) async throws -> Void) async throws {
    do { try await body(command) } catch {
        command.signal(SIGKILL)
        let output = await command.finish()
        throw EndToEndError("\(error)\nthe command said:\n\(output.err.suffix(4000))")
    }
    command.signal(SIGTERM)
    _ = await command.finish()
}
