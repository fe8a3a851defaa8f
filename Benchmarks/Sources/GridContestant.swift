import PortfolioModel
import Pricing
import Risk

/// A full scenario grid of the large book, from its view: volatilities implied, every option revalued in 11 x 7 x 3
/// cells. A unit is a grid.
struct GridContestant: Contestant {
    struct Result: Encodable { var cells: Int }

    private let view: PortfolioView

    init(_ exercise: LargeBook.Exercise) throws {
        let start = try LargeBook(exercise, feedGreeks: true)
        view = RiskEngine.view(of: start.book, settings: start.settings, at: LargeBook.now)
    }

    /// Sampled groups' cells are the sums of what the scalar function gives.
    func check() throws -> Result {
        let book = RevaluationBook(view)
        let grid = ScenarioGrid(book)
        guard book.uncovered.isEmpty, book.legs.count == view.positions.count else {
            throw BenchmarkError("not covered: \(book.uncovered.prefix(3))")
        }
        let legs = Dictionary(grouping: book.legs, by: \.group)
        var random = SplitMix(seed: 13)
        for _ in 0..<200 {
            let group = grid.groups[Int(random.uniform(0, Double(grid.groups.count)))]
            let axes = grid.axes
            let (move, volatility, day) = (
                Int(random.uniform(0, Double(axes.moves.count))),
                Int(random.uniform(0, Double(axes.volatilityPoints.count))),
                Int(random.uniform(0, Double(axes.days.count)))
            )
            var (expected, allowed) = (0.0, 0.0)
            for leg in legs[group.symbol] ?? [] {
                let (profit, error) = Self.profit(
                    leg, axes.moves[move], axes.volatilityPoints[volatility], axes.days[day])
                expected += profit
                allowed += error
            }
            let found = group.profits[axes.place(move: move, volatility: volatility, day: day)]
            guard (found - expected).magnitude <= allowed else {
                throw BenchmarkError("\(group.symbol): \(found) where the scalar function gives \(expected)")
            }
        }
        return Result(cells: grid.axes.count)
    }

    func round(_ count: Int) -> Round {
        let watch = Stopwatch()
        var worst = 0.0
        for _ in 0..<count { worst += ScenarioGrid(RevaluationBook(view)).worst?.profit ?? .nan }
        return Round(watch.elapsed, count: worst.isFinite ? count : 0)
    }

    /// One leg's profit by the model's price, and how far the two may be apart: twice the bar of an American price.
    private static func profit(
        _ leg: RevaluationLeg, _ move: Double, _ points: Double, _ days: Double
    ) -> (Double, Double) {
        let scale = leg.quantity * leg.multiplier * leg.fx
        let moved = leg.price * (1 + move)
        guard case .option(let pricing) = leg.form else {
            return (scale * (moved - leg.price), 1e-9 * (scale * leg.price).magnitude)
        }
        var model = pricing.model(at: moved)
        model.years -= days / 365
        for place in model.dividends.indices { model.dividends[place].years -= days / 365 }
        let volatility = max(PositionPricing.leastVolatility, pricing.volatility + points / 100)
        let sign: Double = model.right == .call ? 1 : -1
        let after =
            model.years > 1e-9
            ? model.price(volatility: volatility) : max(0, sign * (model.underlyingPrice - model.strike))
        let before = pricing.model.price(volatility: pricing.volatility)
        let bar = max(1e-4 * max(after, before), 1e-6 * model.strike)
        return (scale * (after - before), 2 * bar * scale.magnitude)
    }
}
