import Foundation

/// W1's peer in Swift: Foundation's JSONDecoder and Codable, into typed doubles. A unit is a message.
struct FoundationContestant: Contestant {
    private let messages: [Data]
    private let decoder = JSONDecoder()

    init(_ frames: Frames) {
        messages = frames.bytes.map { Data($0) }
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    }

    func check() throws -> FeedDigest {
        var digest = FeedDigest()
        for message in messages {
            let read = try decoder.decode(FoundationMessage.self, from: message)
            digest.count(rows: read.count)
            digest.add("Quote", read.quotes.map { .init(symbol: $0.symbol, prices: [fixed($0.bid), fixed($0.ask)]) })
            digest.add("Trade", read.trades.map { .init(symbol: $0.symbol, prices: [fixed($0.price)]) })
            digest.add("Summary", read.summaries.map { .init(symbol: $0.symbol, prices: [fixed($0.previousClose)]) })
            digest.add(
                "Greeks",
                read.greeks.map {
                    .init(
                        symbol: $0.symbol,
                        greeks: [$0.price, $0.volatility, $0.delta, $0.gamma, $0.theta, $0.vega, $0.rho])
                })
        }
        return digest
    }

    func round(_ count: Int) throws -> Round {
        let watch = Stopwatch()
        var rows = 0
        for message in messages.prefix(count) {
            rows += try decoder.decode(FoundationMessage.self, from: message).count
        }
        return Round(watch.elapsed, count: rows)
    }

    /// The file's prices have two places, so the nearest count of 1e-8 is the one meant.
    private func fixed(_ price: Double) -> Int64 { Int64((price * 1e8).rounded()) }
}
