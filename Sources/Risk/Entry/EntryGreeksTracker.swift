package import PortfolioModel

/// Keeps the Greeks of each increase of each position (domain.md, Entry Greeks). A pure value: every method returns the
/// entries it made or changed, to be stored.
///
/// A position's open quantity is the sum of what remains of its entries; a quantity that differs is an increase, a
/// closing or a reversal. Closed quantity releases entries first in, first out. Flat and reopened, or reversed, is a
/// new opening. What an entry was filled in with is never overwritten.
package struct EntryGreeksTracker: Sendable {
    /// The present opening of one position; without entries when it is flat.
    private struct Opening: Sendable {
        var number: Int
        var entries: [EntryGreeks]
    }

    private var openings: [PositionKey: Opening] = [:]

    /// `known` is everything stored, in any order.
    package init(known: [EntryGreeks] = []) {
        for (key, entries) in Dictionary(grouping: known, by: \.position) {
            let last = entries.map(\.opening).max() ?? 0
            openings[key] = Opening(
                number: last, entries: entries.filter { $0.opening == last }.sorted { $0.increase < $1.increase })
        }
    }

    /// Takes one change of a position's quantity as it happens: lossless, so that flat and reopened between two views
    /// is seen. `wasSeen` is whether the change was watched; false for what a first snapshot shows.
    package mutating func observe(
        _ key: PositionKey, quantity: FixedDecimal, wasSeen: Bool, at now: Timestamp
    ) -> [EntryGreeks] {
        move(key, to: quantity, occasion: wasSeen ? .fill : .firstSight, at: now)
    }

    /// Takes a whole view: catches up with quantities, releases what is no longer there, and fills in entries whose
    /// figures have arrived. `fills` is whether increases found here happened while running. A position that is missing
    /// counts as closed only where its account's holdings have been stated.
    package mutating func update(with view: PortfolioView, fills: Bool) -> [EntryGreeks] {
        var changed: [EntryGreeks] = []
        var seen: Set<PositionKey> = []
        for row in view.positions {
            seen.insert(row.position.key)
            let occasion: EntryGreeks.Occasion = fills ? .fill : .firstSight
            changed += move(row.position.key, to: row.position.quantity, occasion: occasion, at: view.at)
            changed += complete(row, view)
        }
        for key in openings.keys.sorted() where !seen.contains(key) && view.accountsByID[key.account]?.asOf != nil {
            changed += move(key, to: .zero, occasion: .firstSight, at: view.at)
        }
        return Self.newest(changed)
    }

    private mutating func move(
        _ key: PositionKey, to quantity: FixedDecimal, occasion: EntryGreeks.Occasion, at now: Timestamp
    ) -> [EntryGreeks] {
        var opening = openings[key] ?? Opening(number: 0, entries: [])
        guard let open = try? FixedDecimal.sum(opening.entries.map(\.remaining)), open != quantity,
            let difference = try? quantity - open
        else { return [] }
        defer { openings[key] = opening }
        if !open.isZero && open.signum == quantity.signum && difference.signum != open.signum {
            return release(difference.magnitude, &opening)
        }
        var changed: [EntryGreeks] = []
        var added = difference
        if open.isZero || open.signum != quantity.signum {
            changed = release(open.magnitude, &opening)
            added = quantity
            if quantity.isZero { return changed }
            opening = Opening(number: opening.number + 1, entries: [])
        }
        let entry = EntryGreeks(
            position: key, opening: opening.number, increase: opening.entries.count + 1, quantity: added,
            remaining: added, occasion: occasion, at: now, source: "figures have not arrived")
        opening.entries.append(entry)
        return changed + [entry]
    }

    /// Takes a quantity (unsigned) out of the oldest entries.
    private func release(_ quantity: FixedDecimal, _ opening: inout Opening) -> [EntryGreeks] {
        var left = quantity
        var changed: [EntryGreeks] = []
        for place in opening.entries.indices where left > .zero {
            let remaining = opening.entries[place].remaining
            guard !remaining.isZero else { continue }
            let taken = min(left, remaining.magnitude)
            let signed = remaining.isNegative ? -taken : taken
            guard let rest = try? remaining - signed, let still = try? left - taken else { continue }
            opening.entries[place].remaining = rest
            left = still
            changed.append(opening.entries[place])
        }
        return changed
    }

    private mutating func complete(_ row: PositionView, _ view: PortfolioView) -> [EntryGreeks] {
        let key = row.position.key
        guard let entries = openings[key]?.entries, entries.contains(where: { !$0.isComplete }),
            row.unitGreeks.state == .confirmed, row.mark.value.state == .confirmed,
            let greeks = row.unitGreeks.value, let mark = row.mark.value.value
        else { return [] }
        var changed: [EntryGreeks] = []
        for place in entries.indices where !entries[place].isComplete && !entries[place].remaining.isZero {
            var entry = entries[place]
            entry.delay = max(0, view.at.seconds(since: entry.at))
            entry.mark = mark
            entry.underlyingPrice = row.underlyingPrice.value
            entry.volatility = row.impliedVolatility.value
            (entry.delta, entry.gamma, entry.theta) = (greeks.delta, greeks.gamma, greeks.theta)
            (entry.vega, entry.rho) = (greeks.vega, greeks.rho)
            entry.fx = view.fx.rate(from: row.instrument.currency, to: view.base).value
            let source = row.unitGreeks.source
            entry.source = row.instrument.kind.isOption && source != "model" ? "feed:\(source)" : source
            openings[key]?.entries[place] = entry
            changed.append(entry)
        }
        return changed
    }

    /// One row an entry: the last state of each, in order of appearance.
    private static func newest(_ entries: [EntryGreeks]) -> [EntryGreeks] {
        struct Key: Hashable {
            var position: PositionKey
            var opening: Int
            var increase: Int
        }
        var places: [Key: Int] = [:]
        var result: [EntryGreeks] = []
        for entry in entries {
            let key = Key(position: entry.position, opening: entry.opening, increase: entry.increase)
            if let place = places[key] {
                result[place] = entry
            } else {
                places[key] = result.count
                result.append(entry)
            }
        }
        return result
    }
}
