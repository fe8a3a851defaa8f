import PortfolioModel

/// The rules of one download of daily candles: a channel of its own on a live connection, at most 18 symbols at a time
/// (beyond some twenty the server refuses), each until its snapshot has ended. A pure value.
///
/// A server says nothing of a symbol that it does not know, so a batch in which nothing came for a while is over.
struct CandleDownload: Sendable {
    enum Action: Sendable, Equatable {
        case send(DXLinkRequest)
        /// A number of rows could not be read.
        case unreadable(Int)
    }

    private enum State: Sendable {
        /// -> awaitingConfig, over
        case awaitingChannel
        /// -> loading, over
        case awaitingConfig
        /// -> over
        case loading
        case over
    }

    static let maximumSymbols = 18
    /// The daily candles of a symbol.
    private static func candleSymbol(_ symbol: String) -> String { symbol + "{=d}" }

    let channel: Int
    private let start: Timestamp
    private let patience: Duration
    private var state = State.awaitingChannel
    private var waiting: [String]
    private var active: Set<String> = []
    private var rows = CandleRows()
    private var found: [String: [Int64: Candle]] = [:]
    private var deadline: Duration
    private(set) var failure: String?

    /// `patience` is how long a step, or a batch that nothing comes for, is waited for.
    init(_ symbols: [String], from start: Timestamp, channel: Int, patience: Duration, at uptime: Duration) {
        waiting = Array(Set(symbols)).sorted()
        self.start = start
        self.channel = channel
        self.patience = patience
        deadline = uptime + patience
    }

    var isOver: Bool { state == .over }

    /// By feed symbol, oldest first.
    var candles: [String: [Candle]] {
        found.mapValues { $0.sorted { $0.key < $1.key }.map(\.value) }
    }

    func begin() -> [Action] { [.send(.openChannel(channel))] }

    /// A frame of this download's channel.
    mutating func received(_ message: DXLinkMessage, _ frame: [UInt8], at uptime: Duration) -> [Action] {
        switch (state, message) {
        case (.awaitingChannel, .channelOpened):
            state = .awaitingConfig
            deadline = uptime + patience
            return [.send(.candleSetup(channel: channel))]
        case (.awaitingConfig, .feedConfig(_, let fields)):
            rows.configure(fields)
            state = .loading
            return nextBatch(at: uptime)
        case (.loading, .feedConfig(_, let fields)):
            rows.configure(fields)
            return []
        case (.loading, .feedData): return take(frame, at: uptime)
        case (.over, _): return []
        case (_, .error(_, let type, let text)):
            return fail("the feed refused candles: \(text.isEmpty ? type : text)")
        case (_, .channelClosed): return fail("the feed closed the channel of candles")
        default: return []
        }
    }

    mutating func tick(at uptime: Duration) -> [Action] {
        guard state != .over, uptime >= deadline else { return [] }
        if case .loading = state { return nextBatch(at: uptime) }
        return fail("the feed did not open a channel for candles")
    }

    private mutating func take(_ frame: [UInt8], at uptime: Duration) -> [Action] {
        let read: (rows: [CandleRow], unreadable: Int)
        do { read = try rows.rows(frame) } catch { return [.unreadable(1)] }
        deadline = uptime + patience
        for row in read.rows where active.contains(row.symbol) {
            if row.beginsSnapshot { found[row.symbol] = [:] }
            if row.isRemoved {
                found[row.symbol]?[row.time] = nil
            } else if let candle = row.candle {
                found[row.symbol, default: [:]][row.time] = candle
            }
            if row.endsSnapshot { active.remove(row.symbol) }
        }
        let actions: [Action] = read.unreadable > 0 ? [.unreadable(read.unreadable)] : []
        return active.isEmpty ? actions + nextBatch(at: uptime) : actions
    }

    /// Ends the subscriptions of the batch before, and begins the next; the channel is closed after the last.
    private mutating func nextBatch(at uptime: Duration) -> [Action] {
        let done = batch.map(Self.candleSymbol)
        batch = Array(waiting.prefix(Self.maximumSymbols))
        waiting.removeFirst(batch.count)
        active = Set(batch)
        deadline = uptime + patience
        if batch.isEmpty {
            state = .over
            return [.send(.closeChannel(channel))]
        }
        return [
            .send(
                .subscribeCandles(
                    channel: channel, add: batch.map(Self.candleSymbol), remove: done, from: start))
        ]
    }

    private var batch: [String] = []

    private mutating func fail(_ reason: String) -> [Action] {
        state = .over
        failure = reason
        return [.send(.closeChannel(channel))]
    }
}
