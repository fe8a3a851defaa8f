import PortfolioModel

/// W1: bytes to events by the production decoder. A unit is a message.
struct DecodeContestant: Contestant {
    private let frames: Frames
    private let symbols: [String]
    private var desk: FeedDesk

    /// Numbers the symbols by itself, as they come in the file.
    init(_ frames: Frames) throws {
        self.frames = frames
        symbols = try FeedSymbols.all(in: frames)
        var handles: [String: [MarketHandle]] = [:]
        for (place, symbol) in symbols.enumerated() { handles[symbol] = [MarketHandle(place + 1)] }
        desk = FeedDesk(handles)
    }

    mutating func check() throws -> FeedDigest {
        var digest = FeedDigest()
        for (number, frame) in frames.bytes.enumerated() {
            digest.add(try desk.read(frame, at: Frames.time(of: number))) { symbols[Int($0) - 1] }
            digest.count(rows: desk.rows)
        }
        return digest
    }

    mutating func round(_ count: Int) throws -> Round {
        let watch = Stopwatch()
        var rows = 0
        var kept = 0
        for number in 0..<min(count, frames.bytes.count) {
            kept += try desk.read(frames.bytes[number], at: Frames.time(of: number)).count
            rows += desk.rows
        }
        let time = watch.elapsed
        guard kept > rows / 2 else { throw BenchmarkError("\(kept) events of \(rows) rows") }
        return Round(time, count: rows)
    }
}

extension FeedDigest {
    mutating func add(_ batch: MarketBatch, _ symbol: (MarketHandle) -> String) {
        add("Quote", batch.quotes.map { Event(symbol: symbol($0.instrument), prices: [$0.bid.raw, $0.ask.raw]) })
        add("Trade", batch.trades.map { Event(symbol: symbol($0.instrument), prices: [$0.price.raw]) })
        add("Summary", batch.summaries.map { Event(symbol: symbol($0.instrument), prices: [$0.previousClose.raw]) })
        add(
            "Greeks",
            batch.greeks.map {
                Event(
                    symbol: symbol($0.instrument),
                    greeks: [$0.price, $0.volatility, $0.delta, $0.gamma, $0.theta, $0.vega, $0.rho])
            })
    }
}
