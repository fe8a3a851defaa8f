import BrokerKit
import NIOConcurrencyHelpers
import PortfolioModel
import PortfolioStore
import Supervision

/// The store as a journal that throws at times: before it wrote, or after, which nobody can tell apart.
final class FaultyJournal: UpdateJournal {
    private struct State {
        var isFaulty = false
        var isDead = false
        var random: SeededGenerator
        var refusals = 0
    }
    private let state: NIOLockedValueBox<State>
    private let store: PortfolioStore

    init(_ store: PortfolioStore, seed: UInt64) {
        self.store = store
        state = NIOLockedValueBox(State(random: SeededGenerator(seed: seed)))
    }

    var refusals: Int { state.withLockedValue { $0.refusals } }
    /// From now on nothing is written, as when the process is killed.
    func die() { state.withLockedValue { $0.isDead = true } }
    func set(faulty isFaulty: Bool) { state.withLockedValue { $0.isFaulty = isFaulty } }

    @concurrent
    func commit(_ updates: [PortfolioUpdate]) async throws {
        let (fails, writes) = state.withLockedValue { state in
            let fails = state.isDead || state.isFaulty && Int.random(in: 0..<3, using: &state.random) > 0
            if fails { state.refusals += 1 }
            return (fails, !fails || !state.isDead && Bool.random(using: &state.random))
        }
        if writes { try store.commit(updates) }
        if fails { throw StoreError(.ioError, "as the weather has it") }
    }
}
