import PortfolioModel
import Risk

/// One query's view of the book with all that analyses need beside it.
struct AnalysisScope: Sendable {
    let engine: RiskEngine
    let view: PortfolioView
    var labels: BreakdownLabels
    let weighting: BetaWeighting
    let dividends: [String: [ExpectedDividend]]
    let past: MarketPast
    var query: AnalysisQuery
    let options: DocumentOptions
    /// What is answered otherwise than asked, for a person.
    var notes: [String] = []

    var base: Currency { view.base }
    var today: CalendarDate { MarketZone.newYork.date(of: view.at) }

    /// The dimensions asked for; `standard` without any. Throws for a word that is none.
    func dimensions(_ standard: [BreakdownDimension]) throws -> [BreakdownDimension] {
        if query.by.isEmpty { return standard }
        return try query.by.map { word in
            guard let dimension = BreakdownDimension(rawValue: word) else {
                throw CommandError(
                    "bad-dimension", "`\(word)` is nothing to group by",
                    fix: "one of: \(BreakdownDimension.allCases.map(\.rawValue).joined(separator: ", "))", exit: .usage)
            }
            return dimension
        }
    }

    func breakdown(_ dimension: BreakdownDimension) -> Breakdown {
        Breakdown(view.positions, by: dimension, base: base, labels: labels, weighting: weighting)
    }

    var expiring: [ExpiringPosition] {
        ExpiringPosition.expiring(
            in: view, within: query.expiringDays, dividends: dividends, rate: engine.settings.model.rate, today: today)
    }

    var health: [GroupHealth] {
        LegGroup.groups(of: view.positions, orders: labels.orders).map(GroupHealth.init)
    }
}
