import Logging
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
    let logger: Logger

    func follow(_ update: PortfolioUpdate) async {
        do { try await risk.apply([update]) } catch {
            logger.critical("the risk actor lost its place in the book", metadata: ["error": "\(error)"])
        }
    }
}
