import Foundation
import Sandbox

/// Everything the venue knows, as a value; the servers ask it under one lock.
struct VenueState: Sendable {
    struct Stats: Sendable {
        var requestsByPath: [String: Int] = [:]
        var streamerConnections = 0
        var dxlinkConnections = 0
        var clientKeepalives = 0
        var heartbeats = 0
        /// Distinct (type, symbol) pairs by connection.
        var subscriptions: [Int: Int] = [:]
    }

    var ledgers: [Ledger]
    var credentials = Credentials()
    var faults = Faults()
    var stats = Stats()
    var limiter = VenueRateLimiter()
    var generator: SplitMix64
    /// Where the market data stream is, told with the quote token.
    var dxlinkURL = ""
    let catalogue: VenueCatalogue

    init(ledgers: [Ledger], catalogue: VenueCatalogue, seed: UInt64) {
        self.ledgers = ledgers
        self.catalogue = catalogue
        generator = SplitMix64(seed: seed ^ 0x7A57)
    }

    func ledger(_ number: String) -> Ledger? { ledgers.first { $0.number == number } }

    /// Books a fill and returns the order and the account; nil for an unknown account.
    mutating func fill(
        account: String, leg: LedgerLeg, market: MarketModel, now: Date
    ) -> (ledger: Ledger, order: LedgerOrder)? {
        guard let place = ledgers.firstIndex(where: { $0.number == account }) else { return nil }
        let order = ledgers[place].trade(
            [leg], at: now, today: MarketDate(newYorkDayOf: now), market: market)
        return (ledgers[place], order)
    }
}
