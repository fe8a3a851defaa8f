import Logging
import NIOConcurrencyHelpers
import PortfolioModel
import Supervision

/// A recording under way. Steps are taken in the order of the calls, without waiting; they are made safe and written by
/// `flush`, once a second. When it cannot go on it stops and says so; the service goes on.
final class Recording: Sendable {
    private struct Queue {
        var steps: [RecordedStep] = []
        var connections = 0
        /// Why nothing is taken any more.
        var ending: String?
    }

    private struct Output: ~Copyable {
        let file: RecordingFile
        /// Of the line written last.
        var sum: [UInt8] = []
        var redactor = Redactor()
    }

    /// More than a slow disk may owe: some minutes of a full feed.
    private static let limit = 500_000

    private let queue = NIOLockedValueBox(Queue())
    private let output: Mutexed
    private let logger: Logger

    /// A lock around what cannot be copied: `NIOLockedValueBox` takes copyable values only, and ThreadSanitizer does
    /// not see the standard library's Mutex.
    // Safety: `value` is touched under the lock only.
    private final class Mutexed: @unchecked Sendable {
        private let lock = NIOLock()
        private var value: Output

        init(_ value: consuming Output) { self.value = value }

        func with<Result>(_ body: (inout Output) throws -> Result) rethrows -> Result {
            lock.lock()
            defer { lock.unlock() }
            return try body(&value)
        }
    }

    /// Makes the file; throws when it is there already or cannot be made.
    convenience init(creating path: String, logger: Logger) throws(CommandError) {
        self.init(try RecordingFile(creating: path), logger: logger)
    }

    init(_ file: consuming RecordingFile, logger: Logger) {
        output = Mutexed(Output(file: file))
        self.logger = logger
    }

    /// What a person should know: that it stopped, and why.
    var alarm: String? { queue.withLockedValue { $0.ending.map { "the recording stopped: \($0)" } } }

    func learn(secret: String) { output.with { $0.redactor.learn(secret: secret) } }
    func learn(account number: String) { output.with { $0.redactor.learn(account: number) } }

    func learn(account number: String, writtenIn bytes: [UInt8]) {
        output.with { $0.redactor.learn(account: number, writtenIn: bytes) }
    }

    func nextConnection() -> Int {
        queue.withLockedValue {
            $0.connections += 1
            return $0.connections
        }
    }

    func add(_ step: RecordedStep) {
        queue.withLockedValue {
            guard $0.ending == nil else { return }
            $0.steps.append(step)
            if $0.steps.count > Self.limit {
                $0.steps = []
                $0.ending = "the disk does not keep up"
            }
        }
    }

    /// Writes what was taken. A failure ends the recording.
    func flush() {
        output.with { output in
            let steps = queue.withLockedValue { queue in
                defer { queue.steps = [] }
                return queue.steps
            }
            guard !steps.isEmpty else { return }
            do {
                // All are learned from before any is written: a number may be named in one and explained in the next.
                for step in steps { step.teach(&output.redactor) }
                var bytes: [UInt8] = []
                for step in steps {
                    let safe = step.cleaned(by: output.redactor)
                    bytes += RecordingFile.line(
                        output.redactor.clean(try RecordedCoding.json(safe)), after: &output.sum)
                }
                try output.file.append(bytes)
            } catch {
                let reason = (error as? CommandError)?.message ?? "\(error)"
                queue.withLockedValue { $0 = Queue(ending: reason) }
                logger.error("the recording stopped", metadata: ["error": "\(reason)", "file": "\(output.file.path)"])
            }
        }
    }

    /// Takes the file away again: nothing ran that it could tell of.
    func discard() {
        queue.withLockedValue { $0 = Queue(ending: "the service did not start") }
        output.with { $0.file.remove() }
    }

    /// Writes the rest and closes the recording in order.
    func finish() {
        add(.end)
        flush()
        output.with { $0.file.synchronize() }
    }
}
