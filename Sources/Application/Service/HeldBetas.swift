import PortfolioModel
import Risk

/// Betas of what is held, for `status`, which is asked for every second: read from the stored prices now and then, for
/// they change by the week; sooner while some are unknown.
actor HeldBetas {
    private var kept: (betas: [String: Figure<Double>], symbols: Set<String>, at: Duration)?

    static let interval: Duration = .seconds(600)
    static let intervalWithGaps: Duration = .seconds(30)

    /// nil when the stored prices cannot be read.
    func weighting(_ desk: AnalysisDesk, _ view: PortfolioView, uptime: Duration) -> BetaWeighting? {
        let symbols = Set(view.positions.map(\.group))
        if let kept, kept.symbols == symbols {
            let isWhole = symbols.allSatisfy { kept.betas[$0]?.value != nil || $0 == desk.configuration.betas.index }
            if uptime - kept.at < (isWhole ? Self.interval : Self.intervalWithGaps) {
                return desk.weighting(desk.engine, with: kept.betas)
            }
        }
        guard let weighting = try? desk.heldWeighting(view) else { return nil }
        kept = (weighting.betas, symbols, uptime)
        return weighting
    }
}

extension AnalysisDesk {
    /// Betas of what is held alone: the same that every analysis has, from fewer stored prices.
    func heldWeighting(_ view: PortfolioView) throws -> BetaWeighting {
        let symbols = Set(view.positions.map(\.group) + [configuration.betas.index])
        let ids = engine.book.master.instruments.filter { symbols.contains($0.symbol) && !$0.kind.isOption }.map(\.id)
        let today = MarketZone.newYork.date(of: at)
        let past = try MarketPast(
            store, from: today.adding(days: -14 * configuration.betas.weeks), through: today, configuration,
            of: Set(ids))
        return weighting(engine, with: betas(engine.book, past, of: symbols))
    }
}

extension PortfolioView {
    /// Of the whole book, as `risk` has it; unknown with a part unknown.
    func betaWeightedDelta(_ weighting: BetaWeighting?) -> Figure<Double> {
        guard let weighting else { return .unknown("betas are not read here; `risk` has it") }
        let total = ExposureReport(self, by: [], labels: BreakdownLabels(), weighting: weighting).betaWeighted
        guard let value = total.value else {
            if weighting.price.value == nil { return .unknown(weighting.price.reason ?? "no price of the index") }
            let names = total.missing.sorted().prefix(3).joined(separator: ", ")
            return .unknown("\(total.missing.count) position(s) without a beta or Greeks: \(names)")
        }
        return .known(value.delta, total.state, asOf: nil, source: "book")
    }
}
