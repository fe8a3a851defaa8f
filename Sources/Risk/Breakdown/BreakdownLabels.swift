package import PortfolioModel

/// What a position is called in each dimension: what the operator declared, beside what the position itself says.
package struct BreakdownLabels: Sendable {
    /// Names of the portfolios an account belongs to.
    package var portfolios: [AccountID: [String]]
    /// Sector by the underlying's symbol.
    package var sectors: [String: String]
    /// Which underlyings are one.
    package var grouping: UnderlyingGrouping
    /// Which orders opened what is held.
    package var orders: OpeningOrders
    /// Name of the group of legs each position is in; set from the positions at hand.
    private var legs: [PositionKey: String] = [:]

    package static let none = "none"

    package init(
        portfolios: [AccountID: [String]] = [:], sectors: [String: String] = [:],
        grouping: UnderlyingGrouping = UnderlyingGrouping(), orders: OpeningOrders = OpeningOrders([])
    ) {
        self.portfolios = portfolios
        self.sectors = sectors
        self.grouping = grouping
        self.orders = orders
    }

    /// These labels with the positions' groups of legs in them.
    package func grouped(_ positions: [PositionView]) -> BreakdownLabels {
        var copy = self
        for group in LegGroup.groups(of: positions, orders: orders) {
            for leg in group.legs { copy.legs[leg.position.key] = group.name }
        }
        return copy
    }

    /// One label, except for portfolios: an account may be in several or in none.
    package func labels(of row: PositionView, by dimension: BreakdownDimension) -> [String] {
        switch dimension {
        case .position: [row.name]
        case .legs: [legs[row.position.key] ?? Self.none]
        case .underlying: [grouping.title(of: grouping[row].label)]
        case .account: [row.account.id.text]
        case .broker: [row.account.key.broker.name]
        case .portfolio: portfolios[row.account.id] ?? [Self.none]
        case .currency: [row.instrument.currency.code]
        case .assetClass: [row.instrument.kind.assetClass]
        case .sector: [sectors[row.group] ?? Self.none]
        case .expiry: [ExpiryBucket(row.daysToExpiry).rawValue]
        case .total: ["total"]
        }
    }
}

extension InstrumentKind {
    /// FIX Product (460) in words: what the risk is of, whatever the form it is held in.
    package var assetClass: String {
        switch self {
        case .equity, .etf, .equityOption: "equity"
        case .index, .indexOption: "index"
        case .future, .futureOption: "future"
        case .fund: "fund"
        case .bond: "bond"
        case .crypto: "crypto"
        case .cash: "cash"
        }
    }
}
