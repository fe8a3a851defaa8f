import BrokerKit
import Crypto
import Fidelity
import Foundation
import PortfolioModel
import PortfolioStore
import Supervision

/// One seeded run: a venue and a service through changing weather, with every invariant checked after every step.
actor Simulation {
    struct Outcome: Sendable {
        var digest: String
        var steps = 0
        var fills = 0
        var restarts = 0
        var imports = 0
        var storeRefusals = 0
        var quietChecks = 0
        var weather: Set<Weather> = []
    }

    static let step: Duration = .seconds(120)
    static let start = Timestamp("2026-11-23T14:30:00Z") ?? Timestamp(seconds: 0)

    let seed: UInt64
    let clock: VirtualClock
    let venue: Venue
    let log = EventLog()
    private let path: String
    private var random: SeededGenerator
    private(set) var service: SimulatedService?
    private var outcome = Outcome(digest: "")
    /// What the last import that was known to be written said.
    private var imported: FidelityFile?
    private var pendingFile: FidelityFile?
    private var quietSince: Timestamp?
    /// Since when no feed connection has said anything.
    private var feedMuteSince: Timestamp?

    init(seed: UInt64, folder: String, clock: VirtualClock) {
        self.seed = seed
        self.clock = clock
        path = folder + "/portfolio.db"
        random = SeededGenerator(seed: seed)
        venue = Venue(seed: seed &* 31 &+ 7, clock: clock)
    }

    /// Lives through so many simulated hours. Throws `Violation`.
    func run(hours: Int) async throws -> Outcome {
        let end = clock.now().adding(.seconds(hours * 3600))
        var nextWeather = clock.now()
        var nextQuiet = clock.now().adding(.seconds(2 * 3600))
        try await begin()
        while clock.now() < end {
            let now = clock.now()
            if now >= nextQuiet {
                try await liveQuietly()
                nextQuiet = clock.now().adding(.seconds(Int.random(in: 2...4, using: &random) * 3600))
                continue
            }
            if now >= nextWeather {
                change(to: Weather.next(using: &random))
                nextWeather = now.adding(.seconds(Int.random(in: 60...1200, using: &random)))
            }
            try await step(trades: true)
            if Int.random(in: 0..<90, using: &random) == 0 { try await restart() }
        }
        try await liveQuietly()
        try await service?.end(abruptly: false)
        outcome.digest = log.digest
        return outcome
    }

    private func begin() async throws {
        log.add("start at \(clock.now())")
        service = try await SimulatedService.start(
            path, venue: venue, clock: clock, seed: random.next(), log: log)
    }

    private func restart() async throws {
        let isAbrupt = Bool.random(using: &random)
        log.add("restart, abruptly: \(isAbrupt)")
        outcome.storeRefusals += service?.journal.refusals ?? 0
        try await service?.end(abruptly: isAbrupt)
        venue.forgetStreams()
        outcome.restarts += 1
        // A file whose import was not known to be written is imported again, as its owner would.
        try await begin()
    }

    private func change(to weather: Weather) {
        log.add("weather \(weather.rawValue)")
        outcome.weather.insert(weather)
        venue.set(weather)
        service?.journal.set(faulty: weather == .refusingStore)
    }

    /// Fair weather and no trades, long enough for every pause and hold to end; then venue and book must agree.
    private func liveQuietly() async throws {
        change(to: .calm)
        let settled = clock.now().adding(.seconds(40 * 60))
        while clock.now() < settled { try await step(trades: false) }
        guard let service else { return }
        try await Invariants.agreement(service, with: venue.book, imported)
        outcome.quietChecks += 1
    }

    private func step(trades isTrading: Bool) async throws {
        service?.journal.set(faulty: venue.weather == .refusingStore)
        outcome.fills += venue.step(trades: isTrading)
        try await clock.sleep(for: Self.step)
        guard let service else { return }
        let now = clock.now()
        if pendingFile == nil, Int.random(in: 0..<60, using: &random) == 0 {
            pendingFile = FidelityFile.next(at: now, using: &random)
        }
        await importPending(into: service)
        await service.beat(at: now)
        feedMuteSince = venue.feedSpeaks ? nil : feedMuteSince ?? now
        outcome.steps += 1
        let isDeep = outcome.steps % 20 == 0
        log.add(try await Invariants.check(service, at: now, feedMuteSince: feedMuteSince, isDeep: isDeep))
    }

    /// Imports a waiting file; it waits on when the store does not take it.
    private func importPending(into service: SimulatedService) async {
        guard let file = pendingFile else { return }
        let bytes = Array(file.text.utf8)
        do {
            let document = try FidelityPositionsReader(clock: clock).read(
                fileName: "Portfolio_Positions.csv", bytes: bytes, asOf: nil)
            let hash = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
            let batch = ImportBatch(
                sha256: hash, broker: SimulatedService.fidelity, fileName: "Portfolio_Positions.csv",
                layout: document.layout, asOf: document.asOf, importedAt: clock.now(), accounts: [], bytes: bytes)
            _ = try await service.supervisor.apply(document, of: SimulatedService.fidelity, batch: batch)
            imported = file
            pendingFile = nil
            outcome.imports += 1
        } catch {
            // Without the path, which is another one in each run.
            log.add("import not taken: \((error as? StoreError)?.code.rawValue ?? "\(error)")")
        }
    }
}
