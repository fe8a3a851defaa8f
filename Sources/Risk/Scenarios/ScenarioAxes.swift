/// How far a scenario grid moves prices, volatilities and time.
package struct ScenarioAxes: Sendable, Hashable {
    /// Relative moves of the underlying's price, or of the index in a linked grid: -0.1 is 10 % down.
    package var moves: [Double]
    /// Volatility points of 0.01, added to each option's own volatility.
    package var volatilityPoints: [Double]
    /// Calendar days that pass.
    package var days: [Double]

    package init(
        moves: [Double] = [-0.2, -0.15, -0.1, -0.05, -0.02, 0, 0.02, 0.05, 0.1, 0.15, 0.2],
        volatilityPoints: [Double] = [-10, -5, -2, 0, 2, 5, 10], days: [Double] = [0, 7, 30]
    ) {
        (self.moves, self.volatilityPoints, self.days) = (moves, volatilityPoints, days)
    }

    package var count: Int { moves.count * volatilityPoints.count * days.count }

    /// Place of a cell: moves of one volatility and day stand together, volatilities of one day after one another.
    package func place(move: Int, volatility: Int, day: Int) -> Int {
        (day * volatilityPoints.count + volatility) * moves.count + move
    }
}
