import Alerts
import Foundation
import Logging
import PortfolioModel
import PortfolioStore
import ServiceLifecycle
import UnixSignals

/// One run of the service, from configuration to clean end.
struct ServiceRun: Sendable {
    struct Plan: Sendable {
        var screen: Bool
        var duration: Duration?
        var outputDirectory: String?
        /// The file the run is recorded in.
        var recordingPath: String?
        var options: GlobalOptions
        var simulation: SimulationOptions
    }

    let plan: Plan

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        try makeOutputDirectory()
        let profile = try Profile(plan.options)
        if !plan.options.quiet && !plan.options.sandbox { profile.sayIfUnconfigured() }
        let lock = plan.options.sandbox ? try SandboxProfile.lock(profile.sandboxFolder) : nil
        defer { lock?.release() }
        var host: SandboxHost?
        if plan.options.sandbox {
            host = try await SandboxProfile(profile).start(plan.simulation)
        }
        do {
            try await serve(profile, host)
        } catch {
            await host?.stop()
            throw error
        }
        await host?.stop()
    }

    /// Before anything starts, so that a run is not lost to a wrong path at its end.
    private func makeOutputDirectory() throws(CommandError) {
        if let folder = plan.outputDirectory { try DocumentFolder(path: folder).make() }
    }

    private func serve(_ profile: Profile, _ host: SandboxHost?) async throws {
        let loaded = try profile.load()
        let logger = LogSetup.logger(
            level: loaded.logLevel, file: plan.screen && Console.isOutputTerminal ? loaded.logFilePath : nil)
        let clock = SystemClock()
        let rules = try alertRules(loaded)
        let recording = try plan.recordingPath.map { try Recording(creating: $0, logger: logger) }
        var core: ServiceCore
        do {
            core = try await ServiceCore.open(
                loaded, clock: clock, logger: logger, recording: recording, rules: rules)
        } catch {
            recording?.discard()
            throw error
        }
        let alerts = alertActor(rules, core)
        core.alerts = alerts
        logger.info(
            "the service started",
            metadata: [
                "version": "\(VersionCommand.number)", "configuration": "\(loaded.file ?? "defaults")",
                "database": "\(loaded.databasePath)", "socket": "\(loaded.socketPath)",
            ])
        do {
            if let host { try await SandboxProfile(profile).importSamples(of: host, into: core) }
            try await group(core, alerts, logger).run()
        } catch {
            await core.close()
            throw error
        }
        await core.close()
        logger.info("the service stopped")
    }

    private func alertRules(_ configuration: ServiceConfiguration) throws -> [AlertRule] {
        guard let path = configuration.alertsPath else { return [] }
        do { return try AlertRulesFile.load(path) } catch { throw CommandErrors(error) }
    }

    private func alertActor(_ rules: [AlertRule], _ core: ServiceCore) -> AlertActor {
        var sinks: [any AlertSink] = [LogAlertSink(logger: core.logger)]
        if let recording = core.recording { sinks.append(RecordingAlertSink(recording: recording)) }
        return AlertActor(engine: AlertEngine(rules: rules), sinks: sinks)
    }

    private func group(_ core: ServiceCore, _ alerts: AlertActor, _ logger: Logger) -> ServiceGroup {
        let manager = ServiceManager()
        var quiet = logger
        quiet.logLevel = max(.warning, logger.logLevel)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: HeartbeatService(core: core, alerts: alerts)),
                .init(service: ControlService(core: core, manager: manager)),
                .init(service: BrokersService(core: core)),
                .init(service: InboxService(core: core)),
                .init(service: ReferenceRatesService(core: core)),
                .init(service: PriceHistoryService(core: core)),
                .init(
                    service: FrontService(core: core, plan: plan),
                    successTerminationBehavior: .gracefullyShutdownGroup),
                // Told to end first, so that the manager hears of it at once.
                .init(service: WatchdogService(core: core, manager: manager)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        if let recording = core.recording {
            configuration.services.append(
                .init(service: RecordingService(recording: recording, core: core)))
        }
        StopLimits.apply(to: &configuration)
        return ServiceGroup(configuration: configuration)
    }
}

/// What a person sees of a run: the live screen, or, headless, the final document.
struct FrontService: Service {
    let core: ServiceCore
    let plan: ServiceRun.Plan

    func run() async throws {
        let desk = LiveDesk(core: core)
        if plan.screen {
            try await screen(desk)
        } else {
            await wait(for: plan.duration)
        }
        try await report(desk)
    }

    /// Until the time is over or the service is told to end.
    private func wait(for duration: Duration?) async {
        let clock = core.clock
        await cancelWhenGracefulShutdown {
            if let duration {
                try? await clock.sleep(for: duration)
            } else {
                while !Task.isCancelled { try? await clock.sleep(for: .seconds(3600)) }
            }
        }
    }

    private func screen(_ desk: LiveDesk) async throws {
        let clock = core.clock
        let end = plan.duration.map { clock.uptime() + $0 }
        let display = LiveDisplay(options: plan.options)
        display.open()
        defer { display.close() }
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled, end.map({ clock.uptime() < $0 }) ?? true {
                let answer = try await desk.documents(
                    DocumentQuery([.status, .positions], unmask: plan.options.unmask))
                try display.show(answer, now: clock.now())
                try? await clock.sleep(for: .seconds(1))
            }
        }
    }

    /// The final documents, all of one sequence: status on stdout, and files where asked.
    private func report(_ desk: LiveDesk) async throws {
        let names = DocumentName.reported
        let answer = try await desk.report(DocumentQuery(names, unmask: plan.options.unmask))
        if let folder = plan.outputDirectory {
            try DocumentFolder(path: folder).write(answer.documents)
        }
        if !plan.screen { Console.output((answer.documents[.status] ?? "") + "\n") }
    }
}
