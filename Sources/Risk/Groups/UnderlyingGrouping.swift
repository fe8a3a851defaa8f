package import PortfolioModel

/// The underlyings of one book in their groups, each with the ratio that restates its deltas in units of the group's
/// head: the first member that is held.
package struct UnderlyingGrouping: Sendable {
    /// An underlying's place in its group.
    package struct Place: Sendable {
        /// The head's name; with its currency where another underlying has the same symbol.
        package var label: String
        package var isHead: Bool
        /// Units of the head for one of this underlying; what a delta is multiplied by.
        package var ratio: Figure<Double>
        /// What a gamma is multiplied by: the ratio squared, restated per unit of the head's currency.
        package var gammaRatio: Figure<Double>
    }

    private var places: [UnderlyingKey: Place] = [:]
    /// What is in the group with each label, the head first.
    private(set) var members: [String: [UnderlyingKey]] = [:]
    private var groups = UnderlyingGroups()

    /// Every underlying stands alone, under its symbol.
    package init() {}

    /// - Parameters:
    ///   - prices: of all underlyings that are held, in their currencies.
    ///   - fx: to compare prices of two currencies.
    init(_ prices: [UnderlyingKey: Figure<FixedDecimal>], _ groups: UnderlyingGroups, _ fx: FXTable) {
        self.groups = groups
        let ambiguous = Dictionary(grouping: prices.keys, by: \.symbol).filter { $0.value.count > 1 }
        func label(_ key: UnderlyingKey) -> String {
            ambiguous[key.symbol] == nil ? key.symbol : "\(key.symbol) \(key.currency)"
        }
        for key in prices.keys {
            guard let members = groups.members(with: key), let head = Self.head(of: members, among: prices.keys),
                head != key
            else {
                places[key] = Place(alone: label(key))
                continue
            }
            let ratio = Ratio(of: key, to: head, members, prices, fx)
            places[key] = Place(label: label(head), isHead: false, ratio: ratio.delta, gammaRatio: ratio.gamma)
        }
        members = Dictionary(grouping: places.keys) { self[$0].label }.mapValues { $0.sorted(by: precedes) }
    }

    package subscript(row: PositionView) -> Place { places[row.underlyingKey] ?? Place(alone: row.group) }

    subscript(key: UnderlyingKey) -> Place { places[key] ?? Place(alone: key.symbol) }

    /// What the group of an underlying is called, also of one that is not held any more.
    package func label(of key: UnderlyingKey) -> String {
        if let place = places[key] { return place.label }
        let head = groups.members(with: key).flatMap { Self.head(of: $0, among: places.keys) }
        return head.flatMap { places[$0]?.label } ?? key.symbol
    }

    /// What is held of the group with a label, the head first: `SPY+SPX`.
    package func title(of label: String) -> String {
        Self.title(label, (members[label] ?? []).map(\.symbol))
    }

    /// The same of a group's symbol and those of its members, the head first.
    package static func title(_ head: String, _ members: [String]) -> String {
        ([head] + members.dropFirst()).joined(separator: "+")
    }

    private func precedes(_ left: UnderlyingKey, _ right: UnderlyingKey) -> Bool {
        let (first, second) = (self[left].isHead, self[right].isHead)
        if first != second { return first }
        return (left.symbol, left.currency.code) < (right.symbol, right.currency.code)
    }

    /// In the members' order; of several listings of one member the currency decides.
    private static func head(
        of members: [UnderlyingGroups.Member], among held: some Collection<UnderlyingKey>
    ) -> UnderlyingKey? {
        for member in members {
            let fitting = held.filter { member.includes($0) }
            if let first = fitting.min(by: { $0.currency.code < $1.currency.code }) { return first }
        }
        return nil
    }
}

extension UnderlyingGrouping.Place {
    /// In a group of its own.
    init(alone label: String) {
        self.init(label: label, isHead: true, ratio: one, gammaRatio: one)
    }
}

private let one: Figure<Double> = .confirmed(1, asOf: nil, source: "definition")

/// One underlying in units of another.
private struct Ratio {
    let delta: Figure<Double>
    let gamma: Figure<Double>

    init(
        of key: UnderlyingKey, to head: UnderlyingKey, _ members: [UnderlyingGroups.Member],
        _ prices: [UnderlyingKey: Figure<FixedDecimal>], _ fx: FXTable
    ) {
        // Units of the head's currency for one of the underlying's.
        let exchange =
            key.currency == head.currency
            ? one : fx.rate(from: key.currency, to: head.currency).map(\.doubleValue)
        let member = members.first { $0.includes(key) }
        let anchor = members.first { $0.includes(head) }
        if let member, let anchor, let exact = member.exact(to: anchor) {
            delta = .confirmed(exact, asOf: nil, source: "contract")
        } else {
            delta = Self.ofPrices(prices[key], prices[head], exchange)
        }
        gamma = Self.combined(delta, exchange) { $0 * $0 / $1 }
    }

    private static func ofPrices(
        _ price: Figure<FixedDecimal>?, _ headPrice: Figure<FixedDecimal>?, _ exchange: Figure<Double>
    ) -> Figure<Double> {
        guard let price, let headPrice, headPrice.value.map({ $0 > .zero }) != false else {
            return .unknown("price unknown")
        }
        return combined(combined(price.map(\.doubleValue), headPrice.map(\.doubleValue), /), exchange, *)
    }

    private static func combined(
        _ left: Figure<Double>, _ right: Figure<Double>, _ combine: (Double, Double) -> Double
    ) -> Figure<Double> {
        guard let first = left.value, let second = right.value else {
            return .unknown(left.reason ?? right.reason ?? "unknown")
        }
        return .known(
            combine(first, second), left.state.combined(with: right.state), asOf: .earliest(left.asOf, right.asOf),
            source: left.source == "contract" ? left.source : "price")
    }
}

extension PositionView {
    /// The underlying's symbol and currency.
    package var underlyingKey: UnderlyingKey { UnderlyingKey(group, underlying?.currency ?? instrument.currency) }
}
