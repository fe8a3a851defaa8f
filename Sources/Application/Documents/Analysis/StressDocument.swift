import PortfolioModel
import Risk

/// What the book would have made of one stretch of market history.
struct StressDocument: Codable, Sendable, Equatable {
    struct PartRow: Codable, Sendable, Equatable {
        var name: String
        var first: CalendarDate
        var last: CalendarDate
        var days: Int
    }

    struct DrawdownRow: Codable, Sendable, Equatable {
        @ExplicitNull var amount: Double?
        var peak: CalendarDate
        var low: CalendarDate
    }

    var name: String
    var text: String
    var first: CalendarDate
    var last: CalendarDate
    /// `whole`, `partial` (some leg has only days of it) or `none`.
    var extent: String
    @ExplicitNull var pnl: Double?
    @ExplicitNull var drawdown: DrawdownRow?
    /// Of the S&P 500 over the window, approximate.
    @ExplicitNull var indexMove: Double?
    var volatilityPoints: Double
    /// Legs with only a part of the window's history.
    var partial: [PartRow]
    /// Legs without history, moved by beta.
    var byBeta: [String]
    /// Currencies without history, whose rate is held.
    var heldRates: [Currency]
    var coverage: CoverageDocument

    init(_ window: StressWindow, _ book: RevaluationBook, _ history: FactorHistory, _ scope: AnalysisScope) {
        let test = StressTest(
            book, window, history,
            settings: .init(
                betas: scope.weighting.known, index: scope.instrument(scope.weighting.index),
                volatilityIndex: scope.instrument("VIX")))
        name = window.name
        text = window.text
        (first, last) = (window.first, window.last)
        extent = test.extent.rawValue
        pnl = test.profit?.documented
        drawdown = test.drawdown.map {
            DrawdownRow(amount: $0.amount.documented, peak: $0.peak, low: $0.low)
        }
        indexMove = window.indexMove
        volatilityPoints = test.volatilityPoints
        partial = test.partial.map { PartRow(name: $0.name, first: $0.first, last: $0.last, days: $0.days) }
        byBeta = test.byBeta
        heldRates = test.heldRates
        coverage = CoverageDocument(test.coverage)
    }
}
