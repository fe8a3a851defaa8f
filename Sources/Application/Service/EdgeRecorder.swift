import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// Keeps valuation edges: hears every change of a quantity, and looks at every view for sessions that open or close.
actor EdgeRecorder: UpdateFollower {
    private let store: PortfolioStore
    private var tracker: EdgeTracker
    private var unwritten: [ValuationEdge] = []

    init(
        store: PortfolioStore, calendar: ExchangeCalendar, multiCommodity: ExchangeCalendar
    ) throws(StoreError) {
        self.store = store
        tracker = EdgeTracker(
            calendar: calendar, multiCommodity: multiCommodity, lastOpen: try store.lastEdges(.open),
            lastClose: try store.lastEdges(.close))
    }

    func follow(_ update: PortfolioUpdate) {
        for change in update.changes {
            switch change {
            case .position(let position): tracker.observe(position.key, quantity: position.quantity, at: update.at)
            case .positionClosed(let key): tracker.observe(key, quantity: .zero, at: update.at)
            default: break
            }
        }
    }

    /// Nothing to take: the next view catches up.
    func restart(from book: Book) {}

    /// Stores the edges that are due. They stay unwritten until the store took them.
    func complete(with view: PortfolioView) throws {
        unwritten += tracker.edges(with: view)
        guard !unwritten.isEmpty else { return }
        try store.saveEdges(unwritten)
        unwritten = []
    }
}
