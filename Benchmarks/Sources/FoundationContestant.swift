import Foundation

/// W1's peer in Swift: Foundation's JSONDecoder and Codable, into typed doubles. A unit is a message.
struct FoundationContestant<Price: FoundationPrice>: Contestant {
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
            let read = try decoder.decode(FoundationMessage<Price>.self, from: message)
            digest.count(rows: read.count)
            digest.add("Quote", read.quotes.map { .init(symbol: $0.symbol, prices: [$0.bid.count, $0.ask.count]) })
            digest.add("Trade", read.trades.map { .init(symbol: $0.symbol, prices: [$0.price.count]) })
            digest.add("Summary", read.summaries.map { .init(symbol: $0.symbol, prices: [$0.previousClose.count]) })
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
            rows += try decoder.decode(FoundationMessage<Price>.self, from: message).count
        }
        return Round(watch.elapsed, count: rows)
    }
}

/// A type that prices are read as.
protocol FoundationPrice: Decodable {
    /// Of 1e-8. The file's prices have two places, so the nearest whole number is the one meant.
    var count: Int64 { get }
}

extension Double: FoundationPrice {
    var count: Int64 { Int64((self * 1e8).rounded()) }
}

extension Decimal: FoundationPrice {
    var count: Int64 { NSDecimalNumber(decimal: self * 100_000_000).int64Value }
}
