package import PortfolioModel

/// Legs that belong together until trades are kept (domain.md, Leg): one account's options on one underlying with one
/// expiry, opened by the same order, and the shares or futures that cover them.
///
/// Options that share an opening order are together, and so is what shares one with any of them: a leg that several
/// orders opened joins all of theirs. Options whose opening order is not known are one group of their expiry.
///
/// Shares join the nearest expiry whose short calls they cover (short shares: short puts), else the nearest whose long
/// puts protect them (short shares: long calls); without one they stand alone. Where several groups of that expiry
/// would do, all shares join the first by name, however many it needs.
package struct LegGroup: Sendable {
    /// Account, underlying, expiry; where an expiry has several groups also the smallest of its opening orders.
    package var name: String
    package var account: Account
    /// Symbol of the underlying group.
    package var underlying: String
    /// Of the options; nil for shares that stand alone.
    package var expiry: CalendarDate?
    package var legs: [PositionView]

    private struct Key: Hashable {
        var account: AccountID
        var underlying: String
        var expiry: CalendarDate?
        /// Where it tells groups of one expiry apart.
        var order: String?

        var name: String {
            "\(account) \(underlying)" + (expiry.map { " \($0)" } ?? "") + (order.map { " #\($0)" } ?? "")
        }
    }

    /// All positions in groups, ordered by account and name.
    package static func groups(of positions: [PositionView], orders: OpeningOrders) -> [LegGroup] {
        var expiries: [Key: [PositionView]] = [:]
        for row in positions where row.instrument.kind.isOption { expiries[key(of: row), default: []].append(row) }
        var legs: [Key: [PositionView]] = [:]
        for (key, rows) in expiries {
            let parts = parts(of: rows, orders)
            for part in parts {
                var key = key
                key.order = parts.count > 1 ? part.order : nil
                legs[key] = part.legs
            }
        }
        let options = legs
        for row in positions where !row.instrument.kind.isOption {
            legs[coveredKey(row, options) ?? key(of: row), default: []].append(row)
        }
        return legs.compactMap { key, legs in
            legs.first.map { first in
                LegGroup(
                    name: key.name, account: first.account, underlying: key.underlying, expiry: key.expiry, legs: legs)
            }
        }
        .sorted { ($0.account.id, $0.name) < ($1.account.id, $1.name) }
    }

    private static func key(of row: PositionView) -> Key {
        let expiry = row.instrument.kind.isOption ? row.instrument.contract?.expiry : nil
        return Key(account: row.account.id, underlying: row.group, expiry: expiry)
    }

    /// Legs of one expiry by the orders that they share, each part with its smallest order; nil for the part of those
    /// whose orders are not known.
    private static func parts(
        of legs: [PositionView], _ orders: OpeningOrders
    ) -> [(order: String?, legs: [PositionView])] {
        let known = legs.map { orders.orders(of: $0.position) ?? [] }
        // Orders that opened one leg are one set; sets that meet are joined.
        var sets: [Set<String>] = []
        for found in known where !found.isEmpty {
            let joined = sets.filter { !$0.isDisjoint(with: found) }.reduce(found) { $0.union($1) }
            sets = sets.filter { $0.isDisjoint(with: found) } + [joined]
        }
        var parts: [String?: [PositionView]] = [:]
        for (leg, found) in zip(legs, known) {
            let whole = sets.first { !$0.isDisjoint(with: found) }
            parts[whole?.min(by: OpeningOrders.isSmaller), default: []].append(leg)
        }
        return parts.map { (order: $0.key, legs: $0.value) }
    }

    /// The nearest expiry with short options that the shares cover, else with long ones that protect them; of its
    /// groups the first by name.
    private static func coveredKey(_ row: PositionView, _ options: [Key: [PositionView]]) -> Key? {
        let isShort = row.position.quantity.isNegative
        let (covered, protecting): (OptionRight, OptionRight) = isShort ? (.put, .call) : (.call, .put)
        func nearest(_ right: OptionRight, short: Bool) -> Key? {
            options.filter { key, legs in
                key.account == row.account.id && key.underlying == row.group
                    && legs.contains {
                        $0.instrument.contract?.right == right && $0.position.quantity.isNegative == short
                    }
            }
            .keys.min { ($0.expiry?.dayNumber ?? 0, $0.name) < ($1.expiry?.dayNumber ?? 0, $1.name) }
        }
        return nearest(covered, short: true) ?? nearest(protecting, short: false)
    }
}
