package import Foundation
import NIOConcurrencyHelpers

/// The one market that every broker's sandbox shows, stepping on its own once started.
package final class SimulatedMarket: Sendable {
    private let model: NIOLockedValueBox<MarketModel>
    private let ticking = NIOLockedValueBox<Task<Void, Never>?>(nil)

    /// A market for the options' seed, from an instant on; at the book `S11` when the options freeze it.
    package init(_ options: SandboxOptions = SandboxOptions(), start: Date) {
        var model = MarketModel(
            seed: options.seed, start: start, session: options.session, stepSeconds: options.tickInterval)
        if options.freeze != nil { _ = model.freezeAtS11() }
        self.model = NIOLockedValueBox(model)
    }

    deinit {
        ticking.withLockedValue { $0?.cancel() }
    }

    /// The market as it is now.
    package var snapshot: MarketModel { model.withLockedValue { $0 } }

    package var generation: Int { model.withLockedValue { $0.generation } }

    /// Reads under the lock, without copying.
    package func read<Result>(_ body: (MarketModel) -> Result) -> Result {
        model.withLockedValue { body($0) }
    }

    /// Changes the market under the lock.
    package func change<Result>(_ body: (inout MarketModel) -> Result) -> Result {
        model.withLockedValue { body(&$0) }
    }

    /// Stops the walk; with the book `S11` also takes that book's figures. Nil when there is no such book.
    @discardableResult
    package func freeze(book: String) -> MarketModel.FixedBook? {
        guard book == "S11" else { return nil }
        return change { $0.freezeAtS11() }
    }

    /// Steps once an interval until the market goes away; a second call does nothing.
    package func startTicking() {
        let seconds = read { $0.stepSeconds }
        ticking.withLockedValue { task in
            guard task == nil else { return }
            task = Task { [weak self] in
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(seconds))
                    guard let self else { return }
                    self.change { $0.step() }
                }
            }
        }
    }

    package func stopTicking() {
        ticking.withLockedValue { task in
            task?.cancel()
            task = nil
        }
    }
}
