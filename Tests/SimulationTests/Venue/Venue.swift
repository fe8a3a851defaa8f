import BrokerKit
import BrokerTestKit
import NIOConcurrencyHelpers
import PortfolioModel

/// A Tastytrade in memory: it keeps the truth, answers REST, speaks on both streams, and misbehaves as the weather has
/// it. All its chances come from one seed.
final class Venue: Sendable {
    struct State: Sendable {
        var book: VenueBook
        var random: SeededGenerator
        var weather = Weather.calm
        var streams: [VenueStream] = []
        /// Access tokens that serve; a new login adds one.
        var tokens: Set<String> = []
        var lastToken = 0
        /// Notifications held back, to arrive after later ones.
        var heldBack: [String] = []
    }
    let state: NIOLockedValueBox<State>
    let clock: VirtualClock

    init(seed: UInt64, clock: VirtualClock) {
        self.clock = clock
        state = NIOLockedValueBox(State(book: VenueBook(at: clock.now()), random: SeededGenerator(seed: seed)))
    }

    var book: VenueBook { state.withLockedValue { $0.book } }
    var weather: Weather { state.withLockedValue { $0.weather } }
    /// Whether a feed connection exists that says something.
    var feedSpeaks: Bool { state.withLockedValue { $0.streams.contains { $0.isFeed && $0.speaks } } }

    func set(_ weather: Weather) {
        state.withLockedValue { state in
            state.weather = weather
            if weather == .refusedLogin || weather == .expiredTokens { state.tokens = [] }
        }
    }

    /// The process of the service is gone: so are its sockets.
    func forgetStreams() {
        let streams = state.withLockedValue { state in
            defer { state.streams = [] }
            return state.streams
        }
        for stream in streams { stream.connection.end(TransportError(.closed, "gone", closeCode: 1006)) }
    }

    // MARK: - Streams

    var connector: ScriptedWebSocketConnector {
        ScriptedWebSocketConnector { [self] request, _ in
            let isRefused = state.withLockedValue { state in
                state.weather == .outage || (state.weather == .droppingSockets && Bool.random(using: &state.random))
            }
            if isRefused { throw TransportError(.connectFailed, "refused") }
            let isFeed = request.url.hasSuffix("/realtime")
            let connection = ScriptedWebSocketConnection { [self] connection, text in hear(text, on: connection) }
            state.withLockedValue { state in
                state.streams.removeAll { !$0.isOpen }
                state.streams.append(VenueStream(connection: connection, isFeed: isFeed))
            }
            return connection
        }
    }

    private func hear(_ text: String, on connection: ScriptedWebSocketConnection) {
        let answers = state.withLockedValue { state -> [String] in
            guard let place = state.streams.firstIndex(where: { $0.connection === connection }) else { return [] }
            let accepts = state.weather != .expiredTokens || Bool.random(using: &state.random)
            return state.streams[place].answer(text, acceptsToken: accepts)
        }
        if !answers.isEmpty { connection.push(answers) }
    }

    /// One step of the venue's own life: prices, perhaps trades, and what the weather does to sockets and frames.
    /// Returns how many trades were made.
    func step(trades isTrading: Bool) -> Int {
        let now = clock.now()
        let (pushes, ended, trades) = state.withLockedValue { state in
            state.step(at: now, trades: isTrading)
        }
        for (connection, texts) in pushes where !texts.isEmpty { connection.push(texts) }
        for (connection, error) in ended { connection.end(error) }
        return trades
    }
}

extension Venue.State {
    typealias Pushes = [(ScriptedWebSocketConnection, [String])]
    typealias Ends = [(ScriptedWebSocketConnection, TransportError?)]

    mutating func step(at now: Timestamp, trades isTrading: Bool) -> (Pushes, Ends, Int) {
        book.movePrices(using: &random)
        var news = heldBack
        heldBack = []
        var trades = 0
        while isTrading, trades < 3, Int.random(in: 0..<5, using: &random) == 0 {
            let fill = book.fill(at: now, using: &random)
            trades += 1
            for text in notifications(of: fill) {
                if Int.random(in: 0..<6, using: &random) == 0 { heldBack.append(text) } else { news.append(text) }
                if Int.random(in: 0..<6, using: &random) == 0 { news.append(text) }
            }
        }
        if Int.random(in: 0..<5, using: &random) == 0 { news.reverse() }
        let ended = breakStreams()
        if weather == .expiredTokens, Int.random(in: 0..<3, using: &random) == 0 { tokens = [] }
        var pushes: Pushes = []
        for place in streams.indices where streams[place].speaks {
            var texts = streams[place].isFeed ? [tick(for: streams[place])] : news
            if weather == .mangledFrames { texts.append(garbage(isFeed: streams[place].isFeed)) }
            pushes.append((streams[place].connection, texts))
        }
        return (pushes, ended, trades)
    }

    private func notifications(of fill: VenueBook.Fill) -> [String] {
        guard let holding = book.holdings[fill.account]?[fill.symbol] else { return [] }
        let time = holding.updatedAt
        let cash = book.cashCents[fill.account] ?? 0
        let parts = [
            ("CurrentPosition", VenueWords.position(holding, fill.symbol, fill.account, mark: nil)),
            ("AccountBalance", VenueWords.balance(cash, fill.account, at: time)),
            ("Order", VenueWords.order(fill, at: time)),
        ]
        return parts.map { #"{"type":"\#($0.0)","timestamp":1,"data":\#($0.1)}"# }
    }

    private mutating func breakStreams() -> Ends {
        var ended: Ends = []
        for place in streams.indices where streams[place].isOpen {
            switch weather {
            case .droppingSockets where Int.random(in: 0..<5, using: &random) == 0, .outage:
                streams[place].isEnded = true
                let isRude = Bool.random(using: &random)
                ended.append(
                    (
                        streams[place].connection,
                        isRude ? TransportError(.closed, "dropped", closeCode: 1006) : nil
                    ))
            case .stalledSockets where Int.random(in: 0..<10, using: &random) == 0: streams[place].isMute = true
            default: break
            }
        }
        return ended
    }

    /// Everything subscribed, once.
    private mutating func tick(for stream: VenueStream) -> String {
        let isMangled = weather == .mangledFrames
        var rows: [String: [String]] = [:]
        for symbol in VenueBook.shares + VenueBook.options {
            let name = VenueWords.streamer(symbol)
            guard let types = stream.subscribed[name], let cents = book.cents[symbol] else { continue }
            let size = Int.random(in: 1...50, using: &random)
            let values = [
                "Quote": "\(VenueWords.money(cents - 5)),\(VenueWords.money(cents + 5)),\(size),\(size + 1)",
                "Trade": "\(VenueWords.money(cents)),\(size),0",
                "Summary": #""NaN","NaN","NaN","NaN","REGULAR",\#(VenueWords.money(cents)),100"#,
                "Greeks": isMangled
                    ? #""NaN","NaN","NaN",0.01,"NaN",0.2,"Infinity""#
                    : "\(VenueWords.money(cents)),0.25,0.45,0.01,-0.05,0.2,0.1",
                "Profile": #""ACTIVE",1.1,"NaN",0"#,
            ]
            for type in types.sorted() where values[type] != nil {
                rows[type, default: []].append("\"\(name)\",\(values[type] ?? "")")
            }
        }
        let parts = rows.keys.sorted().map { "\"\($0)\",[\(rows[$0, default: []].joined(separator: ","))]" }
        return #"{"type":"FEED_DATA","channel":1,"data":["# + parts.joined(separator: ",") + "]}"
    }

    private mutating func garbage(isFeed: Bool) -> String {
        let feed = [
            "not json", "{", #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1,2]]}"#,
            #"{"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",1e400,"x",-1,{}]]}"#,
            #"{"type":"FEED_DATA","channel":1,"data":["Nonsense",["SPY",1]]}"#, #"{"type":"NEWS"}"#, "[1,2",
            #"{"type":"FEED_DATA","channel":7,"data":["Quote",["SPY",1,1,1,1]]}"#,
            #"{"type":"ERROR","channel":1,"error":"BAD_ACTION","message":"what"}"#,
        ]
        let account = [
            "not json", #"{"type":"CurrentPosition","data":{}}"#, #"{"type":"UserMessage","data":{}}"#, "[]",
            #"{"type":"CurrentPosition","data":{"account-number":"5WX77001","symbol":"SPY","quantity":"1e","#
                + #""quantity-direction":"Long"}}"#,
            #"{"type":"AccountBalance","data":{"account-number":"5WX77001","cash-balance":"twelve"}}"#,
            #"{"results":[5,{"type":"Order","data":null}]}"#,
        ]
        return (isFeed ? feed : account).randomElement(using: &random) ?? ""
    }
}
