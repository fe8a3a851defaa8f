package import PortfolioModel

/// An underlying as positions have it. A symbol alone does not tell an ADR from its ordinary share.
package struct UnderlyingKey: Sendable, Hashable {
    package var symbol: String
    package var currency: Currency

    package init(_ symbol: String, _ currency: Currency) {
        self.symbol = symbol
        self.currency = currency
    }
}

/// Different underlyings whose deltas may be added once they are restated (domain.md, Underlying group): an index, a
/// fraction of it and a fund that tracks it; an ADR and its ordinary share. Merely correlated names never are.
package struct UnderlyingGroups: Sendable, Equatable {
    /// What one unit of a member is in units of another.
    package enum Ratio: Sendable, Hashable, Codable {
        /// The present ratio of their prices in one currency.
        case price
        /// Fixed by contract: `value` units of the member `of`, which is itself one by price.
        case exact(value: Double, of: String)
    }

    package struct Member: Sendable, Hashable, Codable {
        package var symbol: String
        /// nil for any.
        package var currency: Currency?
        package var ratio: Ratio

        package init(_ symbol: String, currency: Currency? = nil, _ ratio: Ratio = .price) {
            self.symbol = symbol
            self.currency = currency
            self.ratio = ratio
        }

        /// As an operator writes it: `SPY`, or `INFY/USD`.
        package var name: String { currency.map { "\(symbol)/\($0)" } ?? symbol }

        func includes(_ key: UnderlyingKey) -> Bool {
            symbol == key.symbol && (currency == nil || currency == key.currency)
        }

        fileprivate func overlaps(_ other: Member) -> Bool {
            symbol == other.symbol && (currency == nil || other.currency == nil || currency == other.currency)
        }

        /// Units of the member that this one's ratio refers to; itself where it has none.
        fileprivate var anchored: (value: Double, anchor: String) {
            if case .exact(let value, let anchor) = ratio { return (value, anchor) }
            return (1, name)
        }

        /// Units of `other` that one of this is by contract; nil where only prices say.
        func exact(to other: Member) -> Double? {
            let (ours, theirs) = (anchored, other.anchored)
            return ours.anchor == theirs.anchor ? ours.value / theirs.value : nil
        }
    }

    /// Members of each group by its name, in the order in which they are preferred: a group's figures are in units of
    /// the first that is held.
    package let members: [String: [Member]]
    /// The groups that a symbol's underlyings are in, by name: a view asks for each underlying that is held.
    private let names: [String: [String]]

    package init(_ members: [String: [Member]] = [:]) {
        self.members = members
        var names: [String: [String]] = [:]
        for name in members.keys.sorted() {
            for symbol in Set((members[name] ?? []).map(\.symbol)) { names[symbol, default: []].append(name) }
        }
        self.names = names
    }

    /// What is listed in the United States on one index: Cboe's and Nasdaq's small indices are exact fractions.
    package static let standard = UnderlyingGroups([
        "S&P 500": [Member("SPY"), Member("SPX"), Member("XSP", .exact(value: 0.1, of: "SPX"))],
        "Nasdaq-100": [Member("QQQ"), Member("NDX"), Member("XND", .exact(value: 0.01, of: "NDX"))],
        "Russell 2000": [Member("IWM"), Member("RUT"), Member("MRUT", .exact(value: 0.1, of: "RUT"))],
    ])

    /// The members of the group that an underlying is in, of several the first by name; nil for one that stands alone.
    func members(with key: UnderlyingKey) -> [Member]? {
        names[key.symbol]?.lazy.compactMap { members[$0] }.first { $0.contains { $0.includes(key) } }
    }

    /// Another group than the one named in which an underlying of a member is, too.
    package func group(with member: Member, besides name: String) -> String? {
        members.keys.sorted().first { other in
            other != name && members[other]?.contains { $0.overlaps(member) } == true
        }
    }
}
