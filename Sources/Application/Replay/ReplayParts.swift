import BrokerKit
import NIOConcurrencyHelpers
import PortfolioModel
import Supervision

/// A broker's place in a replay: its symbols are read as ever, its words come from the recording.
struct ReplayBroker: Broker {
    let id: BrokerID
    let capabilities: BrokerCapabilities
    let symbology: any Symbology

    func run(_ sink: any BrokerSink) async throws {}
    func perform(_ command: BrokerCommand) async throws {}
    func synchronizeOnce(_ sink: any BrokerSink) async throws {}
}

/// Replays write nothing.
struct ReplayJournal: UpdateJournal {
    func commit(_ updates: [PortfolioUpdate]) async throws {}
}

/// Keeps the updates the supervisor made until the risk engine takes them.
final class ReplayFollower: UpdateFollower {
    private let updates = NIOLockedValueBox<[PortfolioUpdate]>([])

    func follow(_ update: PortfolioUpdate) async throws { updates.withLockedValue { $0.append(update) } }
    func restart(from book: Book) async {}

    /// Takes out everything up to a sequence.
    func take(through sequence: UInt64) -> [PortfolioUpdate] {
        updates.withLockedValue { updates in
            let taken = updates.prefix { $0.sequence <= sequence }
            updates.removeFirst(taken.count)
            return Array(taken)
        }
    }
}
