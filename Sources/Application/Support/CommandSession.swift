import ArgumentParser
import Foundation
import Logging
import PortfolioModel
import PortfolioStore

/// One command's way to the figures: the running service, else the database.
struct CommandSession: Sendable {
    let options: GlobalOptions
    let profile: Profile
    let configuration: ServiceConfiguration
    let clock: any ServiceClock = SystemClock()

    init(_ options: GlobalOptions) async throws {
        self.options = options
        profile = try Profile(options)
        configuration = try profile.load()
    }

    private var client: ControlClient { ControlClient(path: configuration.socketPath) }

    /// Prints one document, as JSON or as a table.
    func show(_ name: DocumentName, watch: Bool = false) async throws {
        try await show(name, query: DocumentQuery([name], unmask: options.unmask), watch: watch)
    }

    func show(_ name: DocumentName, query: DocumentQuery, watch: Bool = false) async throws {
        let isLive = await client.isServiceRunning()
        let hasDatabase = FileManager.default.fileExists(atPath: configuration.databasePath)
        if !isLive && hasDatabase && !options.quiet {
            Console.message("tributary: \(silence); showing what the database holds (stale)")
        }
        let display = DocumentDisplay(options: options)
        var last = ExitStatus.ok
        var said: [String] = []
        repeat {
            let answer = try await read(query, live: isLive, name == .status ? .unavailable : .noInput)
            if let error = answer.error { throw error }
            let text = answer.documents[name] ?? ""
            if watch && !options.json && Console.isOutputTerminal {
                Console.output(TerminalControl.home + TerminalControl.clearToEnd)
            }
            let shown = try display.text(name, text, now: clock.now())
            // What was said of the last round holds until it changes.
            shown.print(quiet: options.quiet || shown.reasons == said)
            said = shown.reasons
            last = name == .status ? try StatusVerdict.of(text, live: isLive) : .ok
            if watch { try await clock.sleep(for: .seconds(1)) }
        } while watch
        if last != .ok { throw last.exitCode }
    }

    /// Why no service answers.
    private var silence: String {
        guard let holder = InstanceLock.holder(ofDatabase: configuration.databasePath) else {
            return "no service is running"
        }
        return "process \(holder) holds this database, but no service answers at \(configuration.socketPath) "
            + "(is XDG_RUNTIME_DIR the same for both?)"
    }

    /// With neither a service nor a database it ends with `missing`.
    private func read(_ query: DocumentQuery, live: Bool, _ missing: ExitStatus) async throws -> ControlResponse {
        if live { return try await client.ask(ControlRequest(.documents(query))) }
        do {
            return try OfflineDesk(configuration: configuration, clock: clock).documents(query)
        } catch let error as StoreError where error.code == .missing {
            throw CommandError(
                "store-missing", "there is no database yet", file: configuration.databasePath,
                fix: "start the service (\(profile.startCommand)), or sync or import once", exit: missing)
        }
    }

    /// A write: through the service where one runs, else under the database's own lock.
    func request(_ command: ControlRequest.Command) async throws -> ControlResponse {
        if await client.isServiceRunning() { return try await client.ask(ControlRequest(command)) }
        if case .importFile(let request) = command { try profile.requireEnabled(request.broker, in: configuration) }
        if !options.quiet && !options.json { profile.sayIfUnconfigured() }
        let logger = LogSetup.logger(level: options.quiet ? .error : .warning, file: nil)
        let core = try await ServiceCore.open(configuration, clock: clock, logger: logger)
        let desk = LiveDesk(core: core)
        let response: ControlResponse
        switch command {
        case .synchronize(let broker):
            do { response = try await desk.synchronizeOnce(broker) } catch let error as CommandError {
                response = .failed(error)
            }
        case .importFile, .importData, .documents:
            response = await desk.answer(ControlRequest(command))
        }
        await core.close()
        return response
    }

    /// A write whose result is printed; ends with the result's exit status.
    func perform(_ command: ControlRequest.Command) async throws {
        let response = try await request(command)
        if let error = response.error { throw error }
        try DocumentDisplay(options: options).result(response, now: clock.now()).print(quiet: options.quiet)
        if response.exitStatus != 0 { throw ExitCode(response.exitStatus) }
    }

    /// Imports one file of market data and prints what it did.
    func importData(_ kind: DataImportRequest.Kind, path: String, dryRun: Bool) async throws {
        let name = (path as NSString).lastPathComponent
        let bytes = Data(try ImportCommand.read(path)).base64EncodedString()
        let request = DataImportRequest(kind, fileName: name, bytes: bytes, dryRun: dryRun)
        let response = try await self.request(.importData(request))
        if var error = response.error {
            if error.file == name { error.file = path }
            throw error
        }
        try DocumentDisplay(options: options).result(response, now: clock.now()).print(quiet: options.quiet)
    }

    /// Imports one file and prints what it did; the exit status of this file.
    func importFile(_ request: ImportRequest, path: String) async throws -> Int32 {
        let response = try await self.request(.importFile(request))
        if var error = response.error {
            if error.file == request.fileName { error.file = path }
            throw error
        }
        try DocumentDisplay(options: options).result(response, now: clock.now()).print(quiet: options.quiet)
        return response.exitStatus
    }
}
