import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// The store as the supervisor's journal.
struct StoreJournal: UpdateJournal {
    let store: PortfolioStore

    @concurrent
    func commit(_ updates: [PortfolioUpdate]) async throws { try store.commit(updates) }
}

/// The risk actor as a follower of every update.
struct RiskFollower: UpdateFollower {
    let risk: RiskActor
    let clock: any ServiceClock

    func follow(_ update: PortfolioUpdate) async throws { try await risk.apply([update]) }
    func restart(from book: Book) async { await risk.replace(with: book, now: clock.now()) }
}
