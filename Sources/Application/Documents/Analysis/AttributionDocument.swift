import PortfolioModel
import Risk

/// `attribution --json`: what made the profit of an interval, in base currency. The terms of each row add up to its
/// profit exactly.
struct AttributionDocument: Document {
    static let schemaName = "tributary.attribution/1"

    struct Missing: Codable, Sendable, Equatable {
        var name: String
        var reason: String
    }

    struct Row: Codable, Sendable, Equatable {
        var label: String
        /// By term: delta, gamma, theta, vega, rho, fx, carry, fills, beforeTracking, residual. Empty where nothing is
        /// known of the profit.
        var terms: [String: FixedDecimal]
        /// Null with a part missing; `known` is what the others sum to.
        @ExplicitNull var profit: FixedDecimal?
        var known: FixedDecimal
        /// |residual| / sum of |terms|; and what it may be.
        @ExplicitNull var quality: Double?
        @ExplicitNull var limit: Double?
        /// Whether the residual is larger than it may be.
        var isPoor: Bool
        var missing: [Missing]
        /// What was assumed or lacks, for a person.
        var gaps: [String]
        @ExplicitNull var from: Timestamp?
        @ExplicitNull var through: Timestamp?
        var steps: Int
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    /// Null is since entry.
    @ExplicitNull var from: Timestamp?
    var through: Timestamp
    var by: String
    var rows: [Row]
    var total: Row
    /// What was answered otherwise than asked, for a person.
    var notes: [String]

    init(_ scope: AnalysisScope, _ desk: AttributionDesk) throws {
        let (from, through, attribution) = try desk.attribution()
        notes = scope.notes
        sequence = scope.view.sequence
        asOf = scope.view.at
        base = scope.base
        self.scope = ScopeDocument(scope.query)
        (self.from, self.through) = (from, through)
        let dimension = try scope.dimensions([.position]).first ?? .position
        by = dimension.rawValue
        rows =
            dimension == .position
            ? attribution.positions.map(Row.init) + attribution.cash.map(Row.init)
            : try attribution.totals(
                by: scope.labels(by: dimension), cash: scope.cashLabels(by: dimension)
            ).map(Row.init)
        total = Row(try attribution.total())
    }
}

extension AttributionDocument.Row {
    init(_ position: PositionAttribution) {
        label = position.contract.name
        terms = position.unknown == nil ? Self.terms(position.terms) : [:]
        let reason = position.unknown ?? position.incomplete
        profit = reason == nil ? position.profit : nil
        known = position.unknown == nil ? position.profit : .zero
        quality = position.unknown == nil ? position.quality?.documented : nil
        limit = position.limit?.documented
        isPoor = position.isPoor
        missing = reason.map { [.init(name: position.contract.name, reason: $0)] } ?? []
        gaps = position.gaps
        (from, through, steps) = (position.from, position.through, position.steps)
    }

    init(_ cash: CashAttribution) {
        label = cash.name
        terms = cash.unknown == nil ? Self.terms(cash.terms) : [:]
        profit = cash.unknown == nil ? cash.profit : nil
        known = cash.unknown == nil ? cash.profit : .zero
        (quality, limit, isPoor) = (cash.unknown == nil ? 0 : nil, nil, false)
        missing = cash.unknown.map { [.init(name: cash.name, reason: $0)] } ?? []
        gaps = cash.gaps
        (from, through, steps) = (cash.from, cash.through, cash.steps)
    }

    init(_ total: Attribution.Total) {
        label = total.name
        // What is known of a part has a term that is not 0.
        let isKnown = total.profit != nil || ProfitTerms.Term.allCases.contains { !total.terms[$0].isZero }
        terms = isKnown ? Self.terms(total.terms) : [:]
        profit = total.profit
        known = total.known
        quality = isKnown ? total.quality?.documented : nil
        limit = total.limit?.documented
        isPoor = total.isPoor
        missing = total.missing.map { .init(name: $0.name, reason: $0.reason) }
        gaps = []
        (from, through, steps) = (nil, nil, 0)
    }

    private static func terms(_ terms: ProfitTerms) -> [String: FixedDecimal] {
        Dictionary(uniqueKeysWithValues: ProfitTerms.Term.allCases.map { ($0.rawValue, terms[$0]) })
    }
}
