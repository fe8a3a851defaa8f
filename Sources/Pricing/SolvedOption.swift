import PortfolioModel

/// One option solved at one volatility, for prices and Greeks at many prices of the underlying: what early exercise and
/// dividends cost to solve does not depend on that price.
package struct SolvedOption: Sendable {
    private enum Method {
        case closed
        case boundary(BoundarySolution)
        case grid(GridSolution)
        /// Of a grid that was solved for several volatilities: prices only.
        case lane(GridSolution, Int)
    }

    /// What is wanted of a solution beside delta, gamma, theta and charm: nothing, vega, volga and vanna, or rho too.
    enum Detail { case prices, volatilityGreeks, all }

    private let model: OptionModel
    private let volatility: Double
    private let method: Method

    /// nil when the inputs are not those of an option that can be priced, or lie beyond the solvers' reach. The model's
    /// own underlying price says only around which price it will be asked for.
    /// `pricesOnly` saves the part of the work that only `valuation` needs; its vega, volga, vanna and rho may then be
    /// NaN.
    package init?(_ model: OptionModel, volatility: Double, pricesOnly: Bool = false) {
        self.init(model, volatility: volatility, pricesOnly ? .prices : .all)
    }

    init?(_ model: OptionModel, volatility: Double, _ detail: Detail) {
        guard model.isPriceable, volatility > 0, volatility.isFinite,
            !model.needsSolver || Self.isWithinReach(model, volatility)
        else { return nil }
        self.model = model
        self.volatility = volatility
        if !model.needsSolver {
            method = .closed
        } else if !model.effectiveDividends.isEmpty {
            method = .grid(GridSolution(model, volatility: volatility))
        } else if model.interestGained > 0 {
            method = .boundary(BoundarySolution(model, volatility: volatility, detail))
        } else {
            // Two boundaries: exercise pays neither far in the money nor near the strike. The grid solver's exercise is
            // of first order in time there.
            method = .grid(GridSolution(model, volatility: volatility, steps: 100))
        }
    }

    private init(_ model: OptionModel, volatility: Double, _ method: Method) {
        (self.model, self.volatility, self.method) = (model, volatility, method)
    }

    /// The option at several volatilities, for prices only; nil in the place of a volatility that is none. Where a grid
    /// has to be solved, as many volatilities as there are lanes cost what one costs.
    package static func solve(_ model: OptionModel, volatilities: [Double]) -> [SolvedOption?] {
        guard model.isPriceable, !model.effectiveDividends.isEmpty,
            volatilities.allSatisfy({ isWithinReach(model, $0) })
        else {
            return volatilities.map { SolvedOption(model, volatility: $0, pricesOnly: true) }
        }
        var solved = [SolvedOption?](repeating: nil, count: volatilities.count)
        var waiting = volatilities.indices.filter { volatilities[$0] > 0 && volatilities[$0].isFinite }
            .sorted { volatilities[$0] < volatilities[$1] }[...]
        while let first = waiting.first {
            let group = waiting.prefix(Lanes.width).prefix { volatilities[$0] <= widestSpread * volatilities[first] }
            var lanes = Lanes(repeating: volatilities[first])
            for (lane, place) in group.enumerated() { lanes[lane] = volatilities[place] }
            let grid = GridSolution(model, volatilities: lanes)
            for (lane, place) in group.enumerated() {
                solved[place] = SolvedOption(model, volatility: volatilities[place], .lane(grid, lane))
            }
            waiting = waiting.dropFirst(group.count)
        }
        return solved
    }

    /// Whether the solvers hold their accuracy: a hundred years at the most; a grid, 3.5 standard deviations of the
    /// underlying's logarithm over the term (beyond 4 its prices are off by more than 1e-4).
    private static func isWithinReach(_ model: OptionModel, _ volatility: Double) -> Bool {
        guard model.years <= 100 else { return false }
        return !needsGrid(model) || volatility * model.years.squareRoot() <= widestGrid
    }

    static func needsGrid(_ model: OptionModel) -> Bool {
        model.needsSolver && (!model.effectiveDividends.isEmpty || model.interestGained <= 0)
    }

    static let widestGrid = 3.5

    /// Volatilities that lie further apart than this by ratio do not share a grid.
    private static let widestSpread = 4.0

    /// Price per unit; NaN where the underlying's price is not above 0.
    package func price(at underlyingPrice: Double) -> Double {
        guard underlyingPrice > 0 || model.formula == .bachelier else { return .nan }
        switch method {
        case .closed: return closedModel(underlyingPrice).closedPrice(volatility: volatility)
        case .boundary(let solution): return solution.price(at: underlyingPrice)
        case .grid(let solution): return solution.price(at: underlyingPrice)
        case .lane(let solution, let lane): return solution.price(at: underlyingPrice, lane: lane)
        }
    }

    /// Price and Greeks; NaN where the underlying's price is not above 0.
    package func valuation(at underlyingPrice: Double) -> OptionValuation {
        guard underlyingPrice > 0 || model.formula == .bachelier else { return .unknown }
        switch method {
        case .closed: return closedModel(underlyingPrice).closedValuation(volatility: volatility)
        case .boundary(let solution): return solution.valuation(at: underlyingPrice)
        case .grid(let solution): return solution.valuation(at: underlyingPrice)
        case .lane: return SolvedOption(model, volatility: volatility)?.valuation(at: underlyingPrice) ?? .unknown
        }
    }

    private func closedModel(_ underlyingPrice: Double) -> OptionModel {
        var model = model
        model.underlyingPrice = underlyingPrice
        return model
    }
}
