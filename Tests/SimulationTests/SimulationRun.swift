import Foundation
import PortfolioModel
import Testing

/// One seed in this process, from an empty store in a folder of its own.
enum SimulationRun {
    /// Appends stderr to the file that `SIMULATION_LOG` names; an exit test's own goes nowhere.
    static func redirectErrors() {
        guard let path = ProcessInfo.processInfo.environment["SIMULATION_LOG"] else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        if file >= 0 { dup2(file, STDERR_FILENO) }
    }

    /// The outcome; nil after an issue was recorded.
    static func perform(seed: UInt64, hours: Int) -> Simulation.Outcome? {
        do { return try run(seed: seed, hours: hours) } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private static func run(seed: UInt64, hours: Int) throws -> Simulation.Outcome {
        let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        let folder = "\(base)/simulation-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock(Simulation.start, grain: 10)
        let simulation = Simulation(seed: seed, folder: folder, clock: clock)
        do {
            return try JobQueue.whileInstalled { queue in
                try queue.drive(clock) { try await simulation.run(hours: hours) }
            }
        } catch {
            throw FailedRun(seed: seed, hours: hours, at: clock.now(), error: error, tail: simulation.log.tail)
        }
    }
}

/// A seed that broke an invariant, with the way to see it again.
struct FailedRun: Error, CustomStringConvertible {
    var seed: UInt64
    var hours: Int
    var at: Timestamp
    var error: any Error
    var tail: [String]

    var description: String {
        "seed \(seed) failed at \(at): \(error)\nagain: SIMULATION_SEEDS=\(seed) SIMULATION_HOURS=\(hours) "
            + "scripts/test --filter SimulationTests\nits last events:\n  " + tail.joined(separator: "\n  ")
    }
}
