import PortfolioModel
import Risk

@testable import Application

/// A small book with what analyses need, and no history.
enum AnalysisFixture {
    static func scope(_ query: AnalysisQuery = AnalysisQuery(), past: MarketPast? = nil) throws -> AnalysisScope {
        let view = try ViewFixture.portfolio()
        return AnalysisScope(
            engine: RiskEngine(
                book: Book(base: view.base), settings: RiskSettings(session: .alwaysOpen), now: view.at),
            view: view, labels: BreakdownLabels(sectors: ["SPY": "Broad market"]),
            weighting: BetaWeighting(index: "SPY", price: .confirmed(600, asOf: nil, source: "test")), dividends: [:],
            past: past ?? .none(through: ViewFixture.now), query: query, options: DocumentOptions())
    }
}

extension MarketPast {
    static func none(through instant: Timestamp) -> MarketPast {
        MarketPast(prices: PriceHistory(), rates: FXHistory(), through: instant.utcDate)
    }
}
