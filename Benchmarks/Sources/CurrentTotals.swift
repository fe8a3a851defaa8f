import PortfolioModel
import Risk

/// The one place where the benchmarks read the book's totals after a message.
extension RiskEngine {
    var currentTotals: TotalsView { view(at: now).totals }
}

extension RiskActor {
    /// `instant` is where the engine stands: it need not be moved.
    func currentTotals(at instant: Timestamp) -> TotalsView { view(at: instant).totals }
}
