import PortfolioModel
import Risk

/// `what-if --json`: every figure before, after and by how much, for a basket of hypothetical legs.
struct WhatIfDocument: Document {
    static let schemaName = "tributary.whatIf/1"

    struct LegRow: Codable, Sendable, Equatable {
        var quantity: FixedDecimal
        var instrument: InstrumentDocument
        var price: FigureDocument<FixedDecimal>
        var marketValue: MoneyFigureDocument
        var iv: FigureDocument<Double>
        var unitGreeks: UnitGreeksDocument
        var moneyGreeks: MoneyGreeksDocument
    }

    /// One figure; null where it is unknown.
    struct Change: Codable, Sendable, Equatable {
        var name: String
        /// Money as decimal strings; Greeks and ratios as numbers.
        @ExplicitNull var before: NamedFigure.Amount?
        /// null also where a leg of the basket has no part in it.
        @ExplicitNull var after: NamedFigure.Amount?
        @ExplicitNull var difference: NamedFigure.Amount?
        /// Why one is unknown, where it is said.
        @ExplicitNull var reason: String?

        init(_ before: NamedFigure, _ after: NamedFigure) {
            name = after.name
            (self.before, self.after) = (before.value, after.value)
            difference = before.value.flatMap { old in after.value.flatMap { .difference($0, old) } }
            let reasons = [before, after].filter { $0.value == nil }.compactMap(\.reason)
            reason = reasons.last
        }
    }

    struct GroupChange: Codable, Sendable, Equatable {
        var label: String
        var figures: [Change]
    }

    struct BreakdownChange: Codable, Sendable, Equatable {
        var by: String
        /// Only rows that the basket changes.
        var rows: [GroupChange]
    }

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var scope: ScopeDocument
    var legs: [LegRow]
    var figures: [Change]
    var breakdowns: [BreakdownChange]
    /// The basket by itself at expiry.
    var groups: [GroupHealthDocument]
    var notes: [String]

    /// `unpaid` names the legs that nothing could be paid for, as what they cost is unknown.
    init(before: AnalysisScope, after: AnalysisScope, unpaid: [String] = [], notes: [String]) throws {
        let view = after.view
        // Rows are named as the changed book names them: a hypothetical share may be the head of what was an index'.
        var before = before
        before.labels.grouping = after.labels.grouping
        sequence = view.sequence
        asOf = view.at
        base = view.base
        scope = ScopeDocument(before.query)
        let basket = view.positions.filter { $0.account.id == WhatIf.account }
        legs = basket.map { LegRow($0, base: view.base) }
        let (present, simulated) = (before.simulated, after.simulated)
        let names = Set(basket.map(\.name))
        figures = zip(before.figures + present.figures, after.figures + simulated.figures).map { old, new in
            Change(old, (new.name == "cash" ? new.without(Array(new.lacking) + unpaid) : new).complete(in: names))
        }
        breakdowns = try before.dimensions([.underlying]).map { BreakdownChange($0, before, after, names) }
        groups = LegGroup.groups(of: basket, orders: after.labels.orders).map {
            GroupHealthDocument(GroupHealth($0), options: after.options)
        }
        self.notes =
            notes + Self.notes("the worst scenario is without", simulated.unpriced)
            + Self.notes("VaR is without", simulated.uncovered)
    }

    /// What a figure leaves out, with the reason; at most so many by name.
    private static func notes(_ words: String, _ parts: [RiskCoverage.Uncovered], limit: Int = 8) -> [String] {
        let named = Dictionary(grouping: parts, by: \.reason).sorted { $0.key < $1.key }
        return named.map { reason, parts in
            let names = parts.prefix(limit).map(\.name).joined(separator: ", ")
            let more = parts.count > limit ? " and \(parts.count - limit) more" : ""
            return "\(words) \(names)\(more): \(reason)"
        }
    }
}

extension WhatIfDocument.LegRow {
    init(_ row: PositionView, base: Currency) {
        quantity = row.position.quantity
        instrument = InstrumentDocument(row.instrument, underlying: row.underlying)
        price = FigureDocument(row.mark.value)
        marketValue = MoneyFigureDocument(row.marketValue.native)
        iv = FigureDocument(row.impliedVolatility)
        unitGreeks = UnitGreeksDocument(row.unitGreeks)
        moneyGreeks = MoneyGreeksDocument(row.moneyGreeks, base)
    }
}

extension WhatIfDocument.BreakdownChange {
    init(_ dimension: BreakdownDimension, _ before: AnalysisScope, _ after: AnalysisScope, _ basket: Set<String>) {
        by = dimension.rawValue
        let old = Dictionary(uniqueKeysWithValues: before.breakdown(dimension).rows.map { ($0.label, $0) })
        rows = after.breakdown(dimension).rows.compactMap { row in
            let figures = zip(old[row.label].summary(after.base), Optional(row).summary(after.base)).map {
                WhatIfDocument.Change($0, $1.complete(in: basket))
            }
            guard figures.contains(where: { $0.before != $0.after }) else { return nil }
            return WhatIfDocument.GroupChange(label: row.label, figures: figures)
        }
    }
}

extension BreakdownRow? {
    /// A group that was not there before has zeros, not unknowns.
    fileprivate func summary(_ base: Currency) -> [NamedFigure] {
        let greeks = self?.greeks.value
        let exposed = self?.exposure.missing ?? []
        func number(_ name: String, _ value: Double?, _ missing: [String]? = nil) -> NamedFigure {
            .number(name, self == nil ? 0 : value).without(missing ?? self?.greeks.missing ?? [])
        }
        return [
            .money(
                "marketValue", self.map { $0.marketValue.figure.amount.value } ?? .zero,
                reason: self?.marketValue.figure.amount.reason
            ).without(self?.marketValue.missing ?? []),
            .money("netExposure", self.map(\.exposure.knownNet) ?? 0, base).without(exposed),
            .money("grossExposure", self.map(\.exposure.knownGross) ?? 0, base).without(exposed),
            number("dollarGamma1pct", greeks?.dollarGamma1pct), number("theta", greeks?.theta),
            number("vega", greeks?.vega),
            number("betaWeightedDelta", self?.betaWeighted.value?.delta, self?.betaWeighted.missing),
        ]
    }
}
