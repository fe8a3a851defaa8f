import Foundation
import PortfolioModel

/// Values of one option at all nodes of a grid now, for several sets of inputs side by side.
struct GridValues {
    private let grid: PriceGrid
    private let values: [Lanes]

    init(_ model: OptionModel, rates: Lanes, volatilities: Lanes, nodes: Int, steps: Int, factor: Int) {
        let grid = Self.grid(model, volatilities, nodes: nodes, factor: factor)
        self.grid = grid
        let payoff = grid.logarithms.map {
            Lanes(repeating: max(0, model.sign * (model.strike * exponential($0) - model.strike)))
        }
        let carries = model.formula == .black76 ? Lanes.zero : rates - model.yield
        var solver = GridSolver(
            GridOperator(grid, rate: rates, carry: carries, volatility: volatilities), payoff: payoff,
            isAmerican: model.exercise == .american)
        var years = model.years
        var known: (amount: Double, drops: [PriceGrid.Drop])?
        for dividend in model.effectiveDividends.reversed() {
            solver.advance(years - dividend.years, steps: factor * Self.share(years - dividend.years, model, steps))
            years = dividend.years
            if known?.amount != dividend.amount {
                known = (dividend.amount, grid.drops(by: dividend.amount / model.strike))
            }
            let discount = (rates * -(model.years - years)).exponential
            let atZero = Self.valueAtZero(model, discount)
            solver.replace(Self.dropped(solver.values, known?.drops ?? [], grid, atZero))
        }
        solver.advance(years, steps: factor * Self.share(years, model, steps))
        values = solver.values
    }

    /// Wide enough for the largest volatility; where they lie apart, as dense at the strike as the least one needs.
    private static func grid(_ model: OptionModel, _ volatilities: Lanes, nodes: Int, factor: Int) -> PriceGrid {
        let root = model.years.squareRoot()
        let (most, spread) = (volatilities.max(), volatilities.max() / volatilities.min())
        let isSpread = spread > 1.05
        let wanted = isSpread ? asinh(Self.widths / 1.25 * spread) / asinh(Self.widths / 1.25) * Double(nodes) : 0
        return PriceGrid(
            nodes: max(nodes, 2 * Int((wanted / 2).rounded(.up))) * factor, reach: reach(model, most * root),
            density: 1.25 * (isSpread ? volatilities.min() : most) * root, isFalling: model.right == .call)
    }

    /// Standard deviations on both sides of the strike.
    private static let widths = 6.5

    /// Far enough for the spot too; further by steps, so that nearby spots have one grid.
    private static func reach(_ model: OptionModel, _ width: Double) -> Double {
        let own = widths * width + (model.carry * model.years).magnitude
        let here = logarithm(model.underlyingPrice / model.strike).magnitude
        return own * (1 + max(0, (here / own - 0.4) / 0.25).rounded(.up) * 0.25)
    }

    /// What the option is worth when the underlying is worth nothing.
    private static func valueAtZero(_ model: OptionModel, _ discount: Lanes) -> Lanes {
        if model.right == .call { return .zero }
        let later = discount * model.strike
        let now = Lanes(repeating: model.strike)
        return model.exercise == .american ? now.when(now .> later, else: later) : later
    }

    /// Steps for a part of the term.
    private static func share(_ years: Double, _ model: OptionModel, _ steps: Int) -> Int {
        max(3, Int((Double(steps) * (years / model.years).squareRoot()).rounded(.up)))
    }

    /// The values just before an ex-date, from those just after it.
    private static func dropped(
        _ values: [Lanes], _ drops: [PriceGrid.Drop], _ grid: PriceGrid, _ atZero: Lanes
    ) -> [Lanes] {
        let last = grid.logarithms[0] < grid.logarithms[1] ? values[0] : values[values.count - 1]
        return drops.map { drop in
            guard let first = drop.first else { return atZero + (last - atZero) * drop.share }
            var sum = Lanes.zero
            for index in 0..<PriceGrid.stencil { sum += values[first + index] * drop.weights[index] }
            return sum
        }
    }

    /// The value and its derivatives in the logarithm of price over strike.
    func slopes(_ logarithm: Double, orders: Int) -> [Lanes] {
        let nodes = grid.nodes(around: logarithm)
        return DifferenceWeights.at(logarithm, nodes: grid.logarithms[nodes], orders: orders).map { weights in
            zip(weights, values[nodes]).reduce(.zero) { $0 + $1.1 * $1.0 }
        }
    }

    /// Whether both nodes around a logarithm of price over strike are worth no more than exercise.
    func isExercised(_ logarithm: Double, _ model: OptionModel, lane: Int) -> Bool {
        let middle = grid.nodes(around: logarithm).lowerBound + PriceGrid.stencil / 2
        return [middle - 1, middle].allSatisfy { node in
            values[node][lane] <= model.sign * model.strike * (exponential(grid.logarithms[node]) - 1)
        }
    }
}
