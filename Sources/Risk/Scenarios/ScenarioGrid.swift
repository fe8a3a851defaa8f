package import PortfolioModel

/// P&L of a book over moves of price, volatility and time, by full revaluation: for each underlying group and for all.
/// In base currency with FX constant; each option is solved once for all prices of one volatility and day.
package struct ScenarioGrid: Sendable {
    /// How the groups' moves hang together.
    package enum Linkage: Sendable, Hashable {
        /// Every underlying moves by the axis' own figure.
        case uniform
        /// Every underlying moves by beta x the index' move, not below -100 %. Betas by group symbol.
        case beta([String: Double], index: String)
    }

    /// One group's P&L in each cell, in the axes' order.
    package struct Group: Sendable {
        package let symbol: String
        /// 1 in a uniform grid.
        package let beta: Double
        package let profits: [Double]
    }

    package let base: Currency
    package let at: Timestamp
    package let axes: ScenarioAxes
    package let linkage: Linkage
    /// By symbol.
    package let groups: [Group]
    /// Of the groups together.
    package let profits: [Double]
    /// Groups that a linked grid leaves out, since nobody states their beta.
    package let unlinked: [String]
    package let coverage: RiskCoverage

    package init(_ book: RevaluationBook, axes: ScenarioAxes = ScenarioAxes(), linkage: Linkage = .uniform) {
        (base, at, self.axes, self.linkage) = (book.base, book.at, axes, linkage)
        var coverage = RiskCoverage(book)
        var groups: [Group] = []
        var unlinked: [String] = []
        var total = [Double](repeating: 0, count: axes.count)
        for leg in book.legs { if let why = leg.obstacle { coverage.leave(leg.name, because: why) } }
        let priced = Dictionary(grouping: book.legs.filter { $0.obstacle == nil }, by: \.group)
        for (symbol, legs) in priced.sorted(by: { $0.key < $1.key }) {
            guard let beta = linkage.beta(of: symbol) else {
                unlinked.append(symbol)
                for leg in legs { coverage.leave(leg.name, leg.exposure, because: "beta of \(symbol) not known") }
                continue
            }
            for leg in legs { coverage.cover(leg.exposure) }
            let profits = Self.profits(legs, axes, beta: beta)
            for place in total.indices { total[place] += profits[place] }
            groups.append(Group(symbol: symbol, beta: beta, profits: profits))
        }
        (self.groups, self.unlinked, self.coverage, profits) = (groups, unlinked, coverage, total)
    }

    /// P&L of the whole in one cell.
    package func profit(move: Int, volatility: Int, day: Int) -> Double {
        profits[axes.place(move: move, volatility: volatility, day: day)]
    }

    /// Why the cells are not known: there is something to revalue and none of it can be. nil when a part can, or when
    /// nothing is there.
    package var unknown: String? {
        if !groups.isEmpty || coverage.uncovered.isEmpty { return nil }
        let reasons = Set(coverage.uncovered.map(\.reason)).sorted()
        return "nothing can be valued: \(reasons.abridged)"
    }

    /// The cell in which the whole loses most; nil without cells, or where they are not known.
    package var worst: (shift: MarketShift, profit: Double)? {
        guard unknown == nil, let place = profits.indices.min(by: { profits[$0] < profits[$1] }) else { return nil }
        let (row, move) = place.quotientAndRemainder(dividingBy: axes.moves.count)
        let (day, volatility) = row.quotientAndRemainder(dividingBy: axes.volatilityPoints.count)
        let shift = MarketShift(
            price: axes.moves[move], volatilityPoints: axes.volatilityPoints[volatility], days: axes.days[day])
        return (shift, profits[place])
    }

    private static func profits(_ legs: [RevaluationLeg], _ axes: ScenarioAxes, beta: Double) -> [Double] {
        var pool = LegPool()
        for leg in legs { pool.add(leg) }
        let moves = axes.moves.map { beta * $0 }
        var profits = [Double](repeating: 0, count: axes.count)
        let width = moves.count * axes.volatilityPoints.count
        for (day, days) in axes.days.enumerated() {
            let first = axes.place(move: 0, volatility: 0, day: day)
            pool.addProfits(
                moves, volatilityPoints: axes.volatilityPoints, days: days, to: &profits[first..<first + width])
        }
        return profits
    }
}

extension ScenarioGrid.Linkage {
    /// nil when it is not known.
    func beta(of symbol: String) -> Double? {
        switch self {
        case .uniform: 1
        case .beta(let betas, let index): symbol == index ? 1 : betas[symbol].flatMap { $0.isFinite ? $0 : nil }
        }
    }
}
