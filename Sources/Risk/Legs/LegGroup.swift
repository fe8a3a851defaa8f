package import PortfolioModel

/// Legs that belong together until trades are kept: one account's options on one underlying with one expiry, and the
/// shares or futures that cover them.
///
/// Shares join the nearest expiry whose short calls they cover (short shares: short puts), else the nearest whose long
/// puts protect them (short shares: long calls); without one they stand alone.
package struct LegGroup: Sendable {
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

        var name: String { "\(account) \(underlying)" + (expiry.map { " \($0)" } ?? "") }
    }

    /// All positions in groups, ordered by account, underlying and expiry.
    package static func groups(of positions: [PositionView]) -> [LegGroup] {
        var legs: [Key: [PositionView]] = [:]
        for row in positions where row.instrument.kind.isOption { legs[key(of: row), default: []].append(row) }
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

    /// The nearest expiry with short options that the shares cover, else with long ones that protect them.
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
            .keys.min { ($0.expiry?.dayNumber ?? 0) < ($1.expiry?.dayNumber ?? 0) }
        }
        return nearest(covered, short: true) ?? nearest(protecting, short: false)
    }
}
