import PortfolioModel
import Risk

/// `scenarios --json`: P&L by full revaluation over moves of price, volatility and time, and over historic windows; in
/// base currency.
struct ScenariosDocument: Document {
    static let schemaName = "tributary.scenarios/1"

    struct GroupRow: Codable, Sendable, Equatable {
        var underlying: String
        /// 1 in a uniform grid.
        @ExplicitNull var beta: Double?
        /// By day, then volatility, then move.
        var pnl: [[[Double]]]
    }

    struct Worst: Codable, Sendable, Equatable {
        var move: Double
        var volatilityPoints: Double
        var days: Double
        var pnl: Double
    }

    struct Curve: Codable, Sendable, Equatable {
        struct Line: Codable, Sendable, Equatable {
            var days: Double
            var pnl: [Double]
        }

        var underlying: String
        var price: Double
        var prices: [Double]
        var lines: [Line]
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    /// `uniform`, or `beta` with the index that the moves are of.
    var linkage: String
    @ExplicitNull var index: String?
    /// Relative: -0.1 is 10 % down.
    var moves: [Double]
    var volatilityPoints: [Double]
    var days: [Double]
    /// By day, then volatility, then move, of what can be valued (`coverage` names the rest); null where nothing can.
    var pnl: [[[Double?]]]
    /// Why there are no figures.
    @ExplicitNull var unknown: String?
    @ExplicitNull var worst: Worst?
    var groups: [GroupRow]
    var coverage: CoverageDocument
    var curves: [Curve]
    var windows: [StressDocument]

    init(_ scope: AnalysisScope) throws {
        let book = scope.revaluation
        let axes = scope.axes
        let isLinked = scope.query.grid?.isBetaLinked ?? false
        let grid = ScenarioGrid(
            book, axes: axes,
            linkage: isLinked ? .beta(scope.weighting.known, index: scope.weighting.index) : .uniform)
        sequence = scope.view.sequence
        asOf = scope.view.at
        base = scope.base
        self.scope = ScopeDocument(scope.query)
        linkage = isLinked ? "beta" : "uniform"
        index = isLinked ? scope.weighting.index : nil
        (moves, volatilityPoints, days) = (axes.moves, axes.volatilityPoints, axes.days)
        unknown = grid.unknown
        pnl = Self.nested(grid.profits, axes).map { day in
            day.map { row in row.map { grid.unknown == nil ? $0 : nil } }
        }
        worst = grid.worst.map {
            Worst(
                move: $0.shift.price, volatilityPoints: $0.shift.volatilityPoints, days: $0.shift.days, pnl: $0.profit)
        }
        groups = grid.groups.map {
            GroupRow(underlying: $0.symbol, beta: $0.beta.documented, pnl: Self.nested($0.profits, axes))
        }
        coverage = CoverageDocument(grid.coverage)
        curves = scope.query.underlying.flatMap { ProfitCurve(book, group: $0) }.map { [Curve($0)] } ?? []
        let asked = try scope.windows
        let history = asked.isEmpty ? FactorHistory(base: base) : scope.history(of: book)
        windows = asked.map { StressDocument($0, book, history, scope) }
    }

    private static func nested(_ profits: [Double], _ axes: ScenarioAxes) -> [[[Double]]] {
        axes.days.indices.map { day in
            axes.volatilityPoints.indices.map { volatility in
                axes.moves.indices.map {
                    let profit = profits[axes.place(move: $0, volatility: volatility, day: day)]
                    return profit == 0 ? 0 : profit
                }
            }
        }
    }
}

extension ScenariosDocument.Curve {
    init(_ curve: ProfitCurve) {
        underlying = curve.group
        price = curve.price
        prices = curve.prices
        lines = curve.lines.map { Line(days: $0.days, pnl: $0.profits) }
    }
}
