import BrokerKit
import Logging
import NIOConcurrencyHelpers
import PortfolioModel
import Supervision

let start = Timestamp("2026-11-20T15:00:00Z") ?? Timestamp(seconds: 0)
let today = MarketZone.newYork.date(of: start)
let acme = BrokerID("acme")
let papers = BrokerID("papers")
let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// Time that stands where it is put.
final class StillClock: ServiceClock {
    private let instant: NIOLockedValueBox<Timestamp>
    init(_ instant: Timestamp = start) { self.instant = NIOLockedValueBox(instant) }
    func now() -> Timestamp { instant.withLockedValue { $0 } }
    func set(_ time: Timestamp) { instant.withLockedValue { $0 = time } }
    func uptime() -> Duration { .microseconds(now().microseconds) }
    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        instant.withLockedValue { $0 = $0.adding(duration) }
        await Task.yield()
    }
}

/// Symbols are tickers or OSI symbols; `??` at the front is not understood.
struct PlainSymbology: Symbology {
    func terms(of instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let text = instrument.symbol.text
        if text.hasPrefix("??") { throw SymbologyError(symbol: text, reason: "no such kind") }
        guard let option = OSISymbol(text) else {
            return InstrumentTerms(kind: .equity, kindIsCertain: false, symbol: text)
        }
        let contract = Contract(
            underlying: option.root, root: option.root, expiry: option.expiry, strike: option.strike,
            right: option.right, premiumMultiplier: 100)
        return InstrumentTerms(
            kind: .equityOption, symbol: option.description, contract: contract,
            identifiers: [Identifier(.osi, option.description)])
    }

    func marketDataSymbol(of instrument: Instrument, underlying: Instrument?) -> VenueSymbol? {
        VenueSymbol(instrument.symbol)
    }
}

/// A broker that does what it is told.
actor ScriptedBroker: Broker {
    nonisolated let id: BrokerID
    nonisolated let capabilities: BrokerCapabilities
    nonisolated var symbology: any Symbology { PlainSymbology() }
    private let script: @Sendable (any BrokerSink) async throws -> Void
    private(set) var streamed: [MarketDataRequest] = []
    private(set) var runs = 0

    init(
        _ id: BrokerID, _ capabilities: BrokerCapabilities = [.positions, .quotes],
        script: @escaping @Sendable (any BrokerSink) async throws -> Void = { _ in }
    ) {
        self.id = id
        self.capabilities = capabilities
        self.script = script
    }

    func run(_ sink: any BrokerSink) async throws {
        runs += 1
        try await script(sink)
    }

    func perform(_ command: BrokerCommand) async throws {
        if case .stream(let requests) = command { streamed = requests }
    }

    func synchronizeOnce(_ sink: any BrokerSink) async throws { try await script(sink) }
}

/// Keeps what it was given; refuses while told to.
actor MemoryJournal: UpdateJournal {
    struct Full: Error {}
    private(set) var updates: [PortfolioUpdate] = []
    private var refusing = false

    func refuse(_ value: Bool) { refusing = value }

    func commit(_ batch: [PortfolioUpdate]) async throws {
        if refusing { throw Full() }
        updates += batch
    }
}

/// Loses its place at the second update.
actor ForgetfulFollower: UpdateFollower {
    private(set) var restarts: [UInt64] = []
    private(set) var last: UInt64 = 0

    func follow(_ update: PortfolioUpdate) throws {
        if update.sequence == 2 { throw BookError.sequenceGap(expected: 1, found: 2) }
        last = update.sequence
    }

    func restart(from book: Book) { restarts.append(book.sequence) }
}

func venuePosition(_ symbol: String, _ quantity: Int, asOf: Timestamp = start) -> VenuePosition {
    VenuePosition(
        instrument: VenueInstrument(symbol: VenueSymbol(symbol)), quantity: FixedDecimal(quantity),
        basis: Basis(includesFees: false, source: "acme"), asOf: asOf)
}

func snapshot(_ number: String, _ positions: [VenuePosition], cash: Int = 0, asOf: Timestamp = start) -> AccountSnapshot
{
    AccountSnapshot(
        account: VenueAccount(number: number), positions: positions,
        balances: [VenueBalance(currency: .usd, cash: FixedDecimal(cash))], asOf: asOf)
}

func supervisor(
    _ brokers: [ScriptedBroker], journal: MemoryJournal = MemoryJournal(), files: Set<BrokerID> = [],
    clock: StillClock = StillClock(), followers: [any UpdateFollower] = []
) -> Supervisor {
    Supervisor(
        book: Book(base: .usd), brokers: brokers, journal: journal, followers: followers,
        settings: .init(staleAfterSessions: [papers: 5], fileBrokers: files), clock: clock,
        logger: silent)
}

extension Book {
    func quantities(of account: String) -> [String: FixedDecimal] {
        Dictionary(
            uniqueKeysWithValues: positions(of: AccountID(account)).map { (master[$0.instrument].symbol, $0.quantity) })
    }
}
