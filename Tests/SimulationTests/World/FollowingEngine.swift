import PortfolioModel
import Risk
import Supervision

/// The risk engine as it follows the service, checking the numbering as it goes. It can be compared with an engine that
/// starts from nothing but the book and what was remembered of volatilities.
actor FollowingEngine: UpdateFollower {
    private var engine: RiskEngine
    private(set) var fault: String?
    private let log: EventLog

    init(book: Book, settings: RiskSettings, now: Timestamp, log: EventLog) {
        engine = RiskEngine(book: book, settings: settings, now: now)
        self.log = log
    }

    func follow(_ update: PortfolioUpdate) {
        if update.sequence != engine.book.sequence + 1 {
            fault = fault ?? "update \(update.sequence) follows \(engine.book.sequence)"
        }
        do { try engine.apply([update]) } catch { fault = fault ?? "an update does not fit: \(error)" }
        log.add("#\(update.sequence) \(update.at) " + update.changes.map(\.words).joined(separator: "; "))
    }

    /// Only a follower that lost its place is started again; here none may.
    func restart(from book: Book) {
        fault = fault ?? "started again at \(book.sequence)"
        engine = RiskEngine(book: book, settings: engine.settings, now: engine.now, memory: engine.memory)
    }

    func view(at now: Timestamp) -> PortfolioView {
        engine.advance(to: now)
        return engine.view(at: now)
    }

    func viewFromScratch(at now: Timestamp) -> PortfolioView {
        let fresh = RiskEngine(book: engine.book, settings: engine.settings, now: now, memory: engine.memory)
        return fresh.view(at: now)
    }
}
