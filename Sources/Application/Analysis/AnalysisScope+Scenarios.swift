import PortfolioModel
import Risk

extension AnalysisScope {
    /// The book as revaluation sees it; only the underlying asked for, where one is.
    var revaluation: RevaluationBook {
        var book = RevaluationBook(view)
        if let symbol = query.underlying {
            book.legs.removeAll { $0.group != symbol }
            let names = Set(view.positions.filter { $0.group == symbol }.map(\.name))
            book.uncovered.removeAll { !names.contains($0.name) }
        }
        return book
    }

    /// With the underlying as the book writes it, whatever the case it was asked in. Throws for one of which
    /// nothing is held.
    func namingUnderlying() throws -> AnalysisScope {
        guard let asked = query.underlying else { return self }
        let groups = Set(view.positions.map(\.group))
        let fitting = groups.contains(asked) ? [asked] : groups.filter { $0.uppercased() == asked.uppercased() }
        guard let symbol = fitting.first, fitting.count == 1 else {
            throw CommandError(
                "unknown-underlying", "nothing that is held is of the underlying \(asked)", field: "underlying",
                fix: groups.isEmpty ? nil : "one of: \(groups.sorted().joined(separator: ", "))", exit: .usage)
        }
        var scope = self
        scope.query.underlying = symbol
        // It is of this one alone, not of the group it is in.
        scope.labels.grouping = UnderlyingGrouping()
        return scope
    }

    var axes: ScenarioAxes {
        var axes = ScenarioAxes()
        if let moves = query.grid?.prices { axes.moves = moves }
        if let points = query.grid?.volatilities { axes.volatilityPoints = points }
        if let days = query.grid?.days { axes.days = days }
        return axes
    }

    /// Historic windows asked for; all of them by the word `all`. Throws for a name that is none.
    var windows: [StressWindow] {
        get throws {
            guard let name = query.grid?.window else { return [] }
            if name == "all" { return StressWindow.standard }
            guard let window = StressWindow.standard.first(where: { $0.name == name }) else {
                throw CommandError(
                    "unknown-window", "no window is called \(name)",
                    fix: "all, or one of: \(StressWindow.standard.map(\.name).joined(separator: ", "))", exit: .usage)
            }
            return [window]
        }
    }

    /// The row of a symbol that is no derivative.
    func instrument(_ symbol: String) -> InstrumentID? {
        engine.book.master.instruments.first { $0.symbol == symbol && !$0.kind.isDerivative }?.id
    }
}
