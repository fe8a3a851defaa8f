import Foundation
import Testing

/// Twenty seeds of a simulated day each. `SIMULATION_SEEDS=1-1000` and `SIMULATION_HOURS=24` choose others; each seed
/// runs in a process of its own kind, whose every task runs in one order (`JobQueue`). `SIMULATION_LOG=FILE` keeps what
/// such a process writes to stderr, a trap's backtrace above all.
struct SimulationTests {
    static let seeds = Self.range(ProcessInfo.processInfo.environment["SIMULATION_SEEDS"]) ?? 1...20
    static let hours = ProcessInfo.processInfo.environment["SIMULATION_HOURS"].flatMap { Int($0) } ?? 24

    private static func range(_ text: String?) -> ClosedRange<UInt64>? {
        let ends = (text ?? "").split(separator: "-").compactMap { UInt64($0) }
        guard let low = ends.first, let high = ends.last, low <= high else { return nil }
        return low...high
    }

    /// As many processes as this machine has cores.
    static let groups: [[UInt64]] = {
        let count = max(1, min(ProcessInfo.processInfo.activeProcessorCount, seeds.count))
        return (0..<count).map { group in
            seeds.filter { Int($0 - seeds.lowerBound) % count == group }
        }
    }()

    @Test(arguments: groups)
    func everyInvariant_holdsAfterEveryStep_whateverTheWeather(seeds: [UInt64]) async {
        await #expect(processExitsWith: .success) { [seeds = seeds as [UInt64], hours = Self.hours as Int] in
            SimulationRun.redirectErrors()
            for seed in seeds {
                // The last of these lines names the seed of a run that ended in a trap.
                FileHandle.standardError.write(Data("seed \(seed)\n".utf8))
                guard let outcome = SimulationRun.perform(seed: seed, hours: hours) else { return }
                #expect(outcome.quietChecks > 0)
            }
        }
    }

    /// The same seed in two processes gives the same events to the last byte; another seed gives others.
    @Test func seed_reproducesExactly() async throws {
        let first = try await digest(of: 4711)
        #expect(first.contains(" of "))
        #expect(try await digest(of: 4711) == first)
        #expect(try await digest(of: 4712) != first)
    }

    private func digest(of seed: UInt64) async throws -> String {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent]
        ) { [seed = seed as UInt64] in
            SimulationRun.redirectErrors()
            let outcome = SimulationRun.perform(seed: seed, hours: 3)
            FileHandle.standardOutput.write(Data("digest \(outcome?.digest ?? "none")\n".utf8))
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        return try #require(output.split(separator: "\n").first { $0.hasPrefix("digest ") }).description
    }

    /// What a run must have met to mean anything.
    @Test func run_meetsWeatherFillsRestartsAndRefusals() async {
        await #expect(processExitsWith: .success) {
            guard let outcome = SimulationRun.perform(seed: 99, hours: 12) else { return }
            #expect(outcome.weather.count >= 6)
            #expect(outcome.fills > 50)
            #expect(outcome.restarts > 0)
            #expect(outcome.imports > 0)
            #expect(outcome.storeRefusals > 0)
            #expect(outcome.quietChecks >= 3)
        }
    }
}
