import PortfolioModel
import Risk

/// `var --json`: value at risk and expected shortfall by three methods side by side, with what they were made from.
/// Positive for a loss, base currency; amounts are decimal strings.
struct ValueAtRiskDocument: Document {
    static let schemaName = "tributary.valueAtRisk/1"

    struct Method: Codable, Sendable, Equatable {
        /// `delta-normal`, `historical`, `monte-carlo`.
        var method: String
        @ExplicitNull var valueAtRisk: ModelAmount?
        @ExplicitNull var expectedShortfall: ModelAmount?
        /// Of the value at risk; null for delta-normal.
        @ExplicitNull var standardError: ModelAmount?
        /// Of net liquidation, 0 to 1.
        @ExplicitNull var shareOfNetLiq: Double?
        /// What the figure rests on, for a person.
        var inputs: String
    }

    /// The parts along one dimension.
    struct Parts: Codable, Sendable, Equatable {
        var by: String
        var groups: [GroupRow]
    }

    struct GroupRow: Codable, Sendable, Equatable {
        var label: String
        var methods: [Method]
        @ExplicitNull var unknown: String?
    }

    var schema = schemaName
    var sequence: UInt64
    /// When it was computed: a figure of risk never shows without its age.
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    var confidence: Double
    var horizonDays: Int
    /// Returns used, with the first and the last of their dates.
    var returns: Int
    var minimumReturns: Int
    @ExplicitNull var from: CalendarDate?
    @ExplicitNull var through: CalendarDate?
    @ExplicitNull var shortestHistory: String?
    var seed: UInt64
    var paths: Int
    var methods: [Method]
    /// Each by itself, over the returns of the whole: the parts do not sum to it. Along the first dimension asked for.
    var by: String
    var groups: [GroupRow]
    /// Along each dimension asked for; absent from a result kept before there was more than one.
    var breakdowns: [Parts]?
    var coverage: CoverageDocument
    /// Why there are no figures.
    @ExplicitNull var unknown: String?

    init(_ scope: AnalysisScope) throws {
        let query = scope.query.valueAtRisk ?? ValueAtRiskQuery()
        let (book, netLiq) = (scope.revaluation, scope.view.totals.netLiquidation.figure.amount.value?.doubleValue)
        // Parts are made from the whole's returns: a date that one factor lacks is in none of them.
        let returns = FactorReturns(
            book.factors, from: scope.history(of: book),
            settings: .init(horizonDays: query.horizonDays, window: query.window ?? 500))
        let result = Self.compute(book, returns, query)
        sequence = scope.view.sequence
        asOf = scope.view.at
        base = scope.base
        self.scope = ScopeDocument(scope.query)
        (confidence, horizonDays) = (query.confidence, result.horizonDays)
        (self.returns, minimumReturns) = (result.dates.count, result.minimumReturns)
        (from, through) = (result.dates.first, result.dates.last)
        shortestHistory = result.shortest.map { $0.name(scope.engine.book) }
        (seed, paths) = (query.seed, query.paths)
        methods = Self.methods(result, netLiq, scope.base)
        coverage = CoverageDocument(result.coverage)
        unknown = result.unknown
        let parts = try scope.dimensions([.underlying]).map { dimension in
            Parts(
                by: dimension.rawValue,
                groups: scope.split(book, by: dimension).map { label, part in
                    let result = Self.compute(part, returns, query)
                    return GroupRow(
                        label: label, methods: Self.methods(result, netLiq, scope.base), unknown: result.unknown)
                })
        }
        (by, groups) = (parts.first?.by ?? "", parts.first?.groups ?? [])
        breakdowns = parts
    }

    private static func compute(
        _ book: RevaluationBook, _ returns: FactorReturns, _ query: ValueAtRiskQuery
    ) -> ValueAtRisk {
        ValueAtRisk(
            book, returns,
            settings: .init(confidence: query.confidence, paths: query.paths, seed: query.seed))
    }

    private static func methods(_ result: ValueAtRisk, _ netLiq: Double?, _ base: Currency) -> [Method] {
        func money(_ amount: Double?) -> ModelAmount? { amount.flatMap { ModelAmount($0, base) } }
        func method(_ name: String, _ loss: Double?, _ shortfall: Double?, _ error: Double?, _ inputs: String) -> Method
        {
            let share = loss.flatMap { loss in netLiq.flatMap { $0 > 0 ? loss / $0 : nil } }
            return Method(
                method: name, valueAtRisk: money(loss), expectedShortfall: money(shortfall),
                standardError: money(error), shareOfNetLiq: share?.documented, inputs: inputs)
        }
        let revalued = "options revalued"
        let days = "\(result.dates.count) returns of \(result.horizonDays) day(s), \(result.factorCount) factors"
        // Fewer than one return lies beyond: what is shown is the worst there is, not that far out.
        let isBeyond = Double(result.dates.count) * (1 - result.settings.confidence) < 1
        let tail = isBeyond ? "; the worst of them, which is less far out than asked" : ""
        let (normal, historical, simulated) = (result.deltaNormal, result.historical?.tail, result.monteCarlo)
        return [
            method(
                "delta-normal", normal?.valueAtRisk, normal?.expectedShortfall, nil,
                "covariance of \(days); options by delta"),
            method(
                "historical", historical?.valueAtRisk, historical?.expectedShortfall, historical?.standardError,
                "\(days); \(revalued)\(historical == nil ? "" : tail)"),
            method(
                "monte-carlo", simulated?.tail.valueAtRisk, simulated?.tail.expectedShortfall,
                simulated?.tail.standardError,
                simulated.map {
                    "\($0.paths) normal paths of that covariance, seed \(result.settings.seed); \(revalued)"
                } ?? "not simulated"
            ),
        ]
    }
}

extension RiskFactor {
    /// For a person.
    fileprivate func name(_ book: Book) -> String {
        switch self {
        case .price(let id): book.master.contains(id) ? book.master[id].symbol : "instrument \(id.raw)"
        case .currency(let currency): currency.code
        }
    }
}
