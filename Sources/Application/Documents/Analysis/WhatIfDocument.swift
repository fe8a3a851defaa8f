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
        @ExplicitNull var before: Double?
        @ExplicitNull var after: Double?
        @ExplicitNull var difference: Double?

        init(_ name: String, _ before: Double?, _ after: Double?) {
            self.name = name
            self.before = before?.documented
            self.after = after?.documented
            difference = before.flatMap { old in after.map { ($0 - old).documented } } ?? nil
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

    init(before: AnalysisScope, after: AnalysisScope, notes: [String]) throws {
        let view = after.view
        sequence = view.sequence
        asOf = view.at
        base = view.base
        scope = ScopeDocument(before.query)
        let basket = view.positions.filter { $0.account.id == WhatIf.account }
        legs = basket.map { LegRow($0, base: view.base) }
        let (present, simulated) = (before.simulated, after.simulated)
        figures = zip(before.figures + present.figures, after.figures + simulated.figures)
            .map { Change($0.name, $0.value, $1.value) }
        breakdowns = try before.dimensions([.underlying]).map { BreakdownChange($0, before, after) }
        groups = LegGroup.groups(of: basket).map { GroupHealthDocument(GroupHealth($0), options: after.options) }
        let without = simulated.uncovered.joined(separator: ", ")
        self.notes = notes + (without.isEmpty ? [] : ["VaR is without \(without): no price history"])
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
    init(_ dimension: BreakdownDimension, _ before: AnalysisScope, _ after: AnalysisScope) {
        by = dimension.rawValue
        let old = Dictionary(uniqueKeysWithValues: before.breakdown(dimension).rows.map { ($0.label, $0) })
        rows = after.breakdown(dimension).rows.compactMap { row in
            let figures = zip(old[row.label].summary, Optional(row).summary).map {
                WhatIfDocument.Change($0.name, $0.value, $1.value)
            }
            guard figures.contains(where: { $0.before != $0.after }) else { return nil }
            return WhatIfDocument.GroupChange(label: row.label, figures: figures)
        }
    }
}

extension BreakdownRow? {
    /// A group that was not there before has zeros, not unknowns.
    fileprivate var summary: [(name: String, value: Double?)] {
        guard let row = self else { return Self.names.map { ($0, 0) } }
        let greeks = row.greeks.value
        let values: [Double?] = [
            row.marketValue.figure.amount.value?.doubleValue, row.exposure.knownNet, row.exposure.knownGross,
            greeks?.dollarGamma1pct, greeks?.theta, greeks?.vega, row.betaWeighted.value?.delta,
        ]
        return Array(zip(Self.names, values)).map { (name: $0.0, value: $0.1) }
    }

    private static var names: [String] {
        ["marketValue", "netExposure", "grossExposure", "dollarGamma1pct", "theta", "vega", "betaWeightedDelta"]
    }
}
