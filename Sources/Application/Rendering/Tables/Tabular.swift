import PortfolioModel

/// A document that a person can read as tables.
protocol Tabular {
    func report(now: Timestamp) -> TextReport
}
