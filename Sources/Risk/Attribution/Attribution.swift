package import PortfolioModel

/// P&L by terms of many positions, and of cash in other currencies than the base, for every total one may ask for.
package struct Attribution: Sendable {
    /// A sum over positions and cash in base currency.
    package struct Total: Sendable {
        package struct Missing: Sendable, Hashable {
            package let name: String
            package let reason: String
        }

        package let name: String
        /// Of the parts that are known.
        package let terms: ProfitTerms
        package let known: FixedDecimal
        package let positions: Int
        package let missing: [Missing]
        /// nil with a part missing.
        package var profit: FixedDecimal? { missing.isEmpty ? known : nil }
        package var quality: Double? { terms.quality }
        package let limit: Double?
        package let isPoor: Bool
    }

    package let base: Currency
    package let positions: [PositionAttribution]
    package let cash: [CashAttribution]
    /// Why nothing is known of the interval at all, so that having no rows is no profit of 0; nil when something is.
    package let unknown: String?

    package init(
        _ positions: [PositionAttribution], cash: [CashAttribution] = [], base: Currency, unknown: String? = nil
    ) {
        (self.positions, self.cash, self.base, self.unknown) = (positions, cash, base, unknown)
    }

    /// All of them. Throws when a sum leaves the range.
    package func total() throws(DecimalError) -> Total {
        let missing = unknown.map { [Total.Missing(name: "book", reason: $0)] } ?? []
        return try Self.total("total", positions, cash, missing)
    }

    /// By group, account or whatever the key is, in its order; cash under a key of its own.
    package func totals(
        by key: (AttributionContract) -> String, cash cashKey: (Balance.Key) -> String = { _ in "cash" }
    ) throws(DecimalError) -> [Total] {
        var totals: [Total] = []
        let members = Dictionary(grouping: positions) { key($0.contract) }
        let money = Dictionary(grouping: cash) { cashKey($0.key) }
        for name in Set(members.keys).union(money.keys).sorted() {
            totals.append(try Self.total(name, members[name] ?? [], money[name] ?? []))
        }
        return totals
    }

    private static func total(
        _ name: String, _ positions: [PositionAttribution], _ cash: [CashAttribution],
        _ others: [Total.Missing] = []
    ) throws(DecimalError) -> Total {
        var terms = ProfitTerms()
        var missing = others
        var allowed = (weighted: 0.0, plain: 0.0)
        for position in positions {
            if let reason = position.unknown {
                missing.append(Total.Missing(name: position.contract.name, reason: reason))
                continue
            }
            if let reason = position.incomplete {
                missing.append(Total.Missing(name: position.contract.name, reason: reason))
            }
            try terms.add(position.terms)
            allowed.weighted += position.allowed.weighted
            allowed.plain += position.allowed.plain
        }
        for part in cash {
            if let reason = part.unknown {
                missing.append(Total.Missing(name: part.name, reason: reason))
            } else {
                try terms.add(part.terms)
            }
        }
        let limit = allowed.plain > 0 ? allowed.weighted / allowed.plain : nil
        return Total(
            name: name, terms: terms, known: try terms.total, positions: positions.count,
            missing: missing.sorted { $0.name < $1.name }, limit: limit, isPoor: terms.isPoor(limit))
    }
}
