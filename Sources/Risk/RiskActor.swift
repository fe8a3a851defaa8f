package import PortfolioModel

/// Keeps a `RiskEngine` fed by the supervisor and answers with views. Updates that do not follow are refused: the
/// caller then hands over a whole book with `replace`.
package actor RiskActor {
    private var engine: RiskEngine
    private let onStep: (@Sendable (RiskStep) -> Void)?

    /// `onStep` hears every step in the order in which it was taken, for a recording.
    package init(
        book: Book, settings: RiskSettings, now: Timestamp, onStep: (@Sendable (RiskStep) -> Void)? = nil
    ) {
        self.onStep = onStep
        engine = RiskEngine(book: book, settings: settings, now: now)
    }

    /// Sequence of the last update applied.
    package var sequence: UInt64 { engine.book.sequence }

    /// The book's totals at the last update applied; reading them moves nothing.
    package var totals: LiveTotals { engine.totals }

    /// Applies a run of updates and values once. Those already known are passed over. Throws `BookError`.
    package func apply(_ updates: [PortfolioUpdate]) throws {
        let fresh = updates.filter { $0.sequence > engine.book.sequence }
        guard let last = fresh.last else { return }
        try engine.apply(fresh)
        onStep?(.applied(through: last.sequence))
    }

    /// Starts anew from a snapshot, keeping what was remembered of volatilities and units.
    package func replace(with book: Book, now: Timestamp) {
        engine = RiskEngine(book: book, settings: engine.settings, now: now, memory: engine.memory)
        onStep?(.replaced(book.sequence, at: now))
    }

    /// A copy of the engine, for computations that take their time elsewhere.
    package var snapshot: RiskEngine { engine }

    /// The book valued at an instant; moves the engine there, so instants should not go back.
    package func view(at instant: Timestamp) -> PortfolioView {
        engine.advance(to: instant)
        onStep?(.viewed(engine.book.sequence, at: instant))
        return engine.view(at: instant)
    }
}
