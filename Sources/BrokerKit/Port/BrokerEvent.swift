package import PortfolioModel

/// What a broker tells the supervisor, in its own words. Account events are never dropped; market batches may be
/// conflated by the sender.
package enum BrokerEvent: Sendable, Codable {
    /// State of the connection as a whole; `message` is what a person should know or do.
    case health(BrokerState, message: String?)
    /// Data proved the connection good at this time.
    case alive(Timestamp)
    case stream(StreamStatus)
    /// The feed is gone or mute: everything it said is stale until it speaks again.
    case feedSilent
    case accounts([VenueAccount])
    case snapshot(AccountSnapshot)
    /// Positions of one account, each replacing the one of the same instrument; others stay.
    case positions(account: String, [VenuePosition])
    case balances(account: String, [VenueBalance], VenueAccountFigures?, asOf: Timestamp)
    case transactions(account: String, [VenueTransaction])
    case orders(account: String, [VenueOrder])
    case market(MarketBatch)
    /// Daily prices by the supervisor's handles, with the broker as their source.
    case dailyPrices([DailyPrice])
    /// Instruments the venue describes beside what is held: the future below a future option, a contract's deliverable.
    case instruments([VenueInstrument])
    /// A record that could not be read: where, which field, why. Counted and shown; never silently skipped.
    case unreadable(place: String, reason: String)
}

/// Where a broker's events go. `deliver` returns when they are applied, so that a fast broker waits for a slow book.
package protocol BrokerSink: Sendable {
    func deliver(_ events: [BrokerEvent]) async
}

/// What the supervisor asks of a running broker.
package enum BrokerCommand: Sendable {
    /// One full round over all accounts; the call returns when it is delivered, or throws.
    case synchronize
    /// The whole set of instruments to stream, replacing the one before.
    case stream([MarketDataRequest])
    /// Daily prices since a date; the call returns when what there is was delivered, or throws.
    case dailyPrices([MarketDataRequest], from: CalendarDate)
}

/// One instrument to be streamed under the supervisor's handle.
package struct MarketDataRequest: Sendable, Hashable, Codable {
    package var handle: MarketHandle
    package var symbol: VenueSymbol
    package var kind: InstrumentKind

    package init(handle: MarketHandle, symbol: VenueSymbol, kind: InstrumentKind) {
        self.handle = handle
        self.symbol = symbol
        self.kind = kind
    }
}

/// What a broker can do. What it cannot is shown as such.
package struct BrokerCapabilities: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let positions = BrokerCapabilities(rawValue: 1)
    package static let history = BrokerCapabilities(rawValue: 2)
    package static let quotes = BrokerCapabilities(rawValue: 4)
    package static let greeks = BrokerCapabilities(rawValue: 8)
    package static let fileImport = BrokerCapabilities(rawValue: 16)
    /// Daily prices of the past.
    package static let priceHistory = BrokerCapabilities(rawValue: 32)
}

/// A broker: an isolated actor that owns its conversation, its limits and its recovery.
package protocol Broker: Sendable {
    nonisolated var id: BrokerID { get }
    nonisolated var capabilities: BrokerCapabilities { get }
    nonisolated var symbology: any Symbology { get }
    /// Connects, delivers and recovers until cancelled. Throws only what its own back-off cannot mend: the child
    /// supervisor restarts it, within the restart intensity.
    func run(_ sink: any BrokerSink) async throws
    /// Throws `BrokerError` when the command failed or the broker is not running.
    func perform(_ command: BrokerCommand) async throws
    /// One full synchronisation without streams, for cron: delivers snapshots, then returns.
    func synchronizeOnce(_ sink: any BrokerSink) async throws
}
