import PortfolioModel

/// A recording as turns: something the supervisor took, and all that followed before the next. The last turn of a
/// recording that a crash cut short is left out, for it may lack readings of the clock.
struct ReplayTurns: ~Copyable {
    private var reader: RecordingReader
    /// The first step of the turn that comes.
    private var ahead: RecordedStep?
    private var isBegun = false

    init(_ reader: consuming RecordingReader) { self.reader = reader }

    var start: RecordedStart { reader.start }
    var isTorn: Bool { reader.isTorn }
    var isClosed: Bool { reader.isClosed }

    /// The steps up to the next that the supervisor takes; nil behind the last turn. The first turn has none of those.
    mutating func next() throws(CommandError) -> [RecordedStep]? {
        if isBegun, ahead == nil { return nil }
        let isOpening = !isBegun
        isBegun = true
        var steps = ahead.map { [$0] } ?? []
        ahead = nil
        while let step = try reader.next() {
            if step.isSupervisorInput {
                ahead = step
                return steps
            }
            steps.append(step)
        }
        if case .end? = steps.last { return steps }
        return isOpening ? steps : nil
    }
}

extension [RecordedStep] {
    /// What the supervisor read from its clock in this turn.
    var readings: [Timestamp] {
        compactMap {
            if case .now(let now, "supervisor") = $0 { return now }
            return nil
        }
    }
}
