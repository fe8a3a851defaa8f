import PortfolioModel
import Risk

/// `replay --json`: what was rebuilt, and where it first differed.
struct ReplayDocument: Document {
    static let schemaName = "tributary.replay/1"

    var schema = schemaName
    /// Of the book that was rebuilt.
    var sequence: UInt64
    /// The version that recorded.
    var recordedBy: String
    var startedAt: Timestamp
    @ExplicitNull var asOf: Timestamp?
    var positions: Int
    var steps: Int
    /// Documents compared with recorded ones, four at each checkpoint.
    var checkpoints: Int
    /// Raw messages and answers that were parsed once more, and those that cannot be read.
    var messages: Int
    var unreadable: [String]
    var alerts: [String]
    /// The recording ends in the middle of a line.
    var torn: Bool
    /// The recording was closed in order and replayed to its end.
    var complete: Bool
    var verdict: ReplayOutcome.Verdict
    @ExplicitNull var divergence: Divergence?

    init(_ outcome: ReplayOutcome, _ start: RecordedStart) {
        sequence = outcome.sequence
        recordedBy = start.version
        startedAt = start.startedAt
        asOf = outcome.view?.at
        positions = outcome.view?.positions.count ?? 0
        steps = outcome.steps
        checkpoints = outcome.checkpoints
        messages = outcome.messages
        unreadable = outcome.unreadable
        alerts = outcome.alerts
        torn = outcome.isTorn
        complete = outcome.isClosed
        verdict = outcome.verdict
        divergence = outcome.divergence
    }

    /// For people.
    var text: String {
        var lines = [
            "recorded by \(recordedBy), started \(startedAt)",
            "rebuilt sequence \(sequence), \(positions) positions, from \(steps) steps",
            "\(checkpoints) checkpoint\(checkpoints == 1 ? "" : "s") compared",
        ]
        lines.append("\(messages) raw messages and answers parsed again, \(unreadable.count) unreadable")
        lines += unreadable.prefix(10).map { "unreadable \($0)" }
        if torn { lines.append("the last line was torn and passed over") }
        if !complete, divergence == nil {
            lines.append("not to the end of the run: it was stopped there, was killed, or the file was cut")
        }
        lines += alerts.map { "alert \($0)" }
        if let divergence {
            lines += [
                "DIVERGED at sequence \(divergence.sequence) in \(divergence.document) \(divergence.path)",
                "  recorded \(divergence.recorded)", "  replayed \(divergence.replayed)",
            ]
        } else if verdict == .nothingCompared {
            lines.append("NOTHING COMPARED: the recording ends, or was stopped, before its first checkpoint")
        } else {
            lines.append("equal")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
