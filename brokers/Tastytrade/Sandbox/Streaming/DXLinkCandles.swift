import Foundation
import Sandbox

/// The candle subscriptions of one channel: a snapshot each, newest day first, then today's bar as it moves.
struct DXLinkCandles: Sendable {
    /// Beyond these the server refuses a subscription.
    static let maximumSubscriptions = 20
    static let fields = [
        "eventType", "eventSymbol", "eventTime", "eventFlags", "index", "time", "sequence", "count", "open", "high",
        "low", "close", "volume", "VWAP", "bidVolume", "askVolume", "impVolatility", "openInterest",
    ]
    /// Rows in one frame.
    private static let rowsPerFrame = 180

    private struct Series: Sendable {
        /// As the server writes it.
        var symbol: String
        var instrument: Int
        /// Milliseconds.
        var fromTime: Int64
        var needsSnapshot = true
        var lastClose: SandboxAmount?
    }

    private var order: [String] = []
    private var series: [String: Series] = [:]

    var count: Int { order.count }

    /// False when there are too many. A symbol that is not a day's candle of something known is taken and never served.
    mutating func add(_ symbol: String, fromTime: Int64, catalogue: VenueCatalogue) -> Bool {
        let name = Self.normalized(symbol)
        if series[name] == nil {
            guard order.count < Self.maximumSubscriptions else { return false }
            order.append(name)
        }
        let instrument = Self.isDaily(name) ? catalogue.instrument(streamerSymbol: Self.base(name)) : nil
        series[name] = Series(symbol: name, instrument: instrument ?? -1, fromTime: fromTime)
        return true
    }

    mutating func remove(_ symbol: String) {
        let name = Self.normalized(symbol)
        order.removeAll { $0 == name }
        series[name] = nil
    }

    mutating func reset() {
        order = []
        series = [:]
    }

    /// Groups of rows, each to be a frame.
    mutating func flush(market: MarketModel) -> [[DXLinkEvent]] {
        var frames: [[DXLinkEvent]] = []
        for name in order {
            guard var one = series[name], one.instrument >= 0, let bars = market.history(of: one.instrument) else {
                continue
            }
            if one.needsSnapshot {
                var rest = Self.snapshot(bars, one)[...]
                while !rest.isEmpty {
                    frames.append(Array(rest.prefix(Self.rowsPerFrame)))
                    rest = rest.dropFirst(Self.rowsPerFrame)
                }
            } else if let today = bars.last, today.close != one.lastClose {
                frames.append([DXLinkEvent(candle: today, symbol: one.symbol, flags: 0)])
            }
            one.needsSnapshot = false
            one.lastClose = bars.last?.close
            series[name] = one
        }
        return frames
    }

    /// Newest first: the first row begins the snapshot; the last one ends it, and is an empty one at `fromTime` when
    /// there would be older days.
    private static func snapshot(_ bars: [DailyBar], _ series: Series) -> [DXLinkEvent] {
        let wanted = bars.filter { milliseconds($0.date) >= series.fromTime }
        let goesBack = wanted.count < bars.count
        var rows = wanted.reversed().enumerated().map { place, bar in
            let flags = (place == 0 ? 4 : 0) | (!goesBack && place == wanted.count - 1 ? 8 : 0)
            return DXLinkEvent(candle: bar, symbol: series.symbol, flags: flags)
        }
        if goesBack {
            rows.append(
                DXLinkEvent(noCandleAt: series.fromTime, symbol: series.symbol, flags: rows.isEmpty ? 14 : 10))
        }
        return rows
    }

    static func milliseconds(_ date: MarketDate) -> Int64 { Int64(date.dayNumber) * 86_400_000 }

    /// `SPY{=1d,tho=true}` is `SPY{=d,tho=true}` to the server.
    private static func normalized(_ symbol: String) -> String { symbol.replacing("{=1d", with: "{=d") }
    private static func base(_ symbol: String) -> String { String(symbol.prefix { $0 != "{" }) }
    private static func isDaily(_ symbol: String) -> Bool {
        symbol.dropFirst(base(symbol).count).hasPrefix("{=d}") || symbol.contains("{=d,")
    }
}

extension DXLinkEvent {
    /// A day's bar.
    init(candle bar: DailyBar, symbol: String, flags: Int) {
        self.init(candleAt: DXLinkCandles.milliseconds(bar.date), symbol: symbol, flags: flags)
        let mean = Double((bar.high + bar.low).millionths) / 2e6
        set([
            "count": .int(bar.volume / 400), "open": .number(bar.open.withDecimal),
            "high": .number(bar.high.withDecimal), "low": .number(bar.low.withDecimal),
            "close": .number(bar.close.withDecimal), "volume": Self.double(Double(bar.volume)),
            "VWAP": Self.double((mean * 10_000).rounded() / 10_000), "bidVolume": Self.double(Double(bar.volume / 2)),
            "askVolume": Self.double(Double(bar.volume - bar.volume / 2)), "openInterest": "NaN",
        ])
    }

    /// The row that says that there is nothing older.
    init(noCandleAt time: Int64, symbol: String, flags: Int) {
        self.init(candleAt: time, symbol: symbol, flags: flags)
        set(["count": 0])
    }

    private init(candleAt time: Int64, symbol: String, flags: Int) {
        self.init(type: "Candle", symbol: symbol)
        set([
            "eventFlags": .int(flags), "index": .int((time / 1000) << 32 | (time % 1000) << 22), "time": .int(time),
            "sequence": 0,
        ])
    }
}
