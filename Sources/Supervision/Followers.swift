package import PortfolioModel

/// The durable follower: account events reach it in order and none is lost. It may be slow; the supervisor waits.
package protocol UpdateJournal: Sendable {
    /// Throws when the updates are not known to be written. They will be offered again: writing twice must not double.
    func commit(_ updates: [PortfolioUpdate]) async throws
}

/// A follower that sees every update as it is made.
package protocol UpdateFollower: Sendable {
    /// Throws when the update does not follow the last one it saw; it is then started again from a snapshot.
    func follow(_ update: PortfolioUpdate) async throws
    /// Takes the whole book in place of what it knew.
    func restart(from book: Book) async
}
