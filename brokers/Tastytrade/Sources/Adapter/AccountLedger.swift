import PortfolioModel

/// Merges one account's two sources: REST answers, which are whole but may be older than they look, and stream
/// notifications, which are single and current. A pure value.
struct AccountLedger: Sendable {
    private struct Entry {
        var position: WirePosition
        /// When the stream said so; nil for what REST said.
        var heardAt: Duration?
    }
    private var entries: [String: Entry] = [:]
    private var heardBalances: [String: (balance: WireBalance, heardAt: Duration)] = [:]

    /// What the account holds by the latest word.
    var positions: [WirePosition] { entries.values.map(\.position).filter { !$0.quantity.isZero } }

    /// A whole answer to a request sent at `requestedAt`. The stream's word stands where it is newer by the venue's own
    /// time, or where it came after the request and the answer does not know the position.
    mutating func merge(_ answer: [WirePosition], requestedAt: Duration) -> [WirePosition] {
        var merged: [String: Entry] = [:]
        for position in answer { merged[position.symbol] = Entry(position: position, heardAt: nil) }
        for (symbol, entry) in entries {
            guard let heardAt = entry.heardAt, heardAt >= requestedAt else { continue }
            if let stated = merged[symbol]?.position, !isNewer(entry.position, than: stated) { continue }
            merged[symbol] = entry
        }
        entries = merged
        return merged.values.map(\.position).sorted { $0.symbol < $1.symbol }
    }

    /// One notification. nil when something newer is known. What a notification leaves out (mark, streamer symbol) is
    /// taken from the position as it was known.
    mutating func accept(_ position: WirePosition, at uptime: Duration) -> WirePosition? {
        var position = position
        if let known = entries[position.symbol]?.position {
            if let old = known.updatedAt, let new = position.updatedAt, new < old { return nil }
            position.markPrice = position.markPrice ?? known.markPrice
            position.streamerSymbol = position.streamerSymbol ?? known.streamerSymbol
            position.underlyingSymbol = position.underlyingSymbol ?? known.underlyingSymbol
            position.multiplier = position.multiplier ?? known.multiplier
            position.expiresAt = position.expiresAt ?? known.expiresAt
        }
        entries[position.symbol] = Entry(position: position, heardAt: uptime)
        return position
    }

    /// The balances of a whole answer, each replaced by the stream's where that came after the request and is newer.
    mutating func merge(_ answer: [WireBalance], requestedAt: Duration) -> [WireBalance] {
        answer.map { stated in
            guard let heard = heardBalances[stated.currency], heard.heardAt >= requestedAt,
                let heardTime = heard.balance.updatedAt,
                heardTime > (stated.updatedAt ?? heardTime)
                    || stated.updatedAt == nil
            else { return stated }
            return heard.balance
        }
    }

    /// A balance notification; false when something newer is known.
    mutating func accept(_ balance: WireBalance, at uptime: Duration) -> Bool {
        if let old = heardBalances[balance.currency]?.balance.updatedAt, let new = balance.updatedAt, new < old {
            return false
        }
        heardBalances[balance.currency] = (balance, uptime)
        return true
    }

    private func isNewer(_ heard: WirePosition, than stated: WirePosition) -> Bool {
        guard let heardTime = heard.updatedAt else { return false }
        guard let statedTime = stated.updatedAt else { return true }
        return heardTime > statedTime
    }
}
