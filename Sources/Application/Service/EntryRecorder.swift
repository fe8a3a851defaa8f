import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// Keeps entry Greeks: hears every change of a quantity, and fills in figures as they arrive.
actor EntryRecorder: UpdateFollower {
    private let store: PortfolioStore
    private var tracker: EntryGreeksTracker
    /// Accounts stated in this run: what changes in them from now on was watched.
    private var watched: Set<AccountID> = []
    private var unwritten: [EntryGreeks] = []

    init(store: PortfolioStore, known: [EntryGreeks]) {
        self.store = store
        tracker = EntryGreeksTracker(known: known)
    }

    func follow(_ update: PortfolioUpdate) {
        var stated: Set<AccountID> = []
        for change in update.changes {
            switch change {
            case .account(let account) where account.state == .confirmed: stated.insert(account.id)
            case .position(let position): observe(position.key, position.quantity, update.at)
            case .positionClosed(let key): observe(key, .zero, update.at)
            default: break
            }
        }
        watched.formUnion(stated)
    }

    /// Nothing to take: the next view catches up with every quantity.
    func restart(from book: Book) {}

    private func observe(_ key: PositionKey, _ quantity: FixedDecimal, _ at: Timestamp) {
        unwritten += tracker.observe(key, quantity: quantity, wasSeen: watched.contains(key.account), at: at)
    }

    /// Stores what is new, with the figures the view has. Entries stay unwritten until the store took them.
    func complete(with view: PortfolioView) throws {
        unwritten += tracker.update(with: view, fills: false)
        guard !unwritten.isEmpty else { return }
        try store.saveEntryGreeks(unwritten)
        unwritten = []
    }
}
