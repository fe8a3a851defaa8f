/// One FEED_DATA message by Codable, its columns in the file's order. Prices are what is asked for: `Double`, which is
/// cheap, or `Decimal`, which is exact as ours are.
struct FoundationMessage<Price: Decodable>: Decodable {
    struct Quote { var symbol: String, bid: Price, ask: Price, bidSize: Double, askSize: Double }
    struct Trade { var symbol: String, time: Int64, price: Price, size: Double }
    struct Summary {
        var symbol: String, openInterest: Int64, open: Double, high: Double, low: Double, close: Double
        var previousClose: Price
    }
    struct Greeks {
        var symbol: String, price: Double, volatility: Double, delta: Double, gamma: Double, theta: Double
        var rho: Double, vega: Double
    }
    private enum CodingKeys: CodingKey { case type, channel, data }

    private(set) var quotes: [Quote] = []
    private(set) var trades: [Trade] = []
    private(set) var summaries: [Summary] = []
    private(set) var greeks: [Greeks] = []

    var count: Int { quotes.count + trades.count + summaries.count + greeks.count }

    init(from decoder: any Decoder) throws {
        let message = try decoder.container(keyedBy: CodingKeys.self)
        guard try message.decode(String.self, forKey: .type) == "FEED_DATA" else { return }
        _ = try message.decode(Int.self, forKey: .channel)
        var data = try message.nestedUnkeyedContainer(forKey: .data)
        let type = try data.decode(String.self)
        var values = FoundationValues<Price>(container: try data.nestedUnkeyedContainer())
        while !values.container.isAtEnd {
            switch type {
            case "Quote": quotes.append(try values.quote())
            case "Trade": trades.append(try values.trade())
            case "Summary": summaries.append(try values.summary())
            default: greeks.append(try values.greeks())
            }
        }
    }
}

/// A row's values one after another.
private struct FoundationValues<Price: Decodable> {
    typealias Message = FoundationMessage<Price>

    var container: any UnkeyedDecodingContainer

    private mutating func text() throws -> String { try container.decode(String.self) }
    private mutating func whole() throws -> Int64 { try container.decode(Int64.self) }
    private mutating func number() throws -> Double { try container.decode(Double.self) }
    private mutating func price() throws -> Price { try container.decode(Price.self) }
    private mutating func skipWholes(_ count: Int) throws { for _ in 0..<count { _ = try whole() } }

    mutating func quote() throws -> Message.Quote {
        let symbol = try text()
        try skipWholes(4)
        _ = try text()
        try skipWholes(1)
        _ = try text()
        return .init(symbol: symbol, bid: try price(), ask: try price(), bidSize: try number(), askSize: try number())
    }

    mutating func trade() throws -> Message.Trade {
        let symbol = try text()
        try skipWholes(1)
        let time = try whole()
        try skipWholes(2)
        _ = try text()
        try skipWholes(1)
        _ = try text()
        _ = try container.decode(Bool.self)
        let price = try price()
        _ = try number()
        let size = try number()
        _ = (try number(), try number())
        return .init(symbol: symbol, time: time, price: price, size: size)
    }

    mutating func summary() throws -> Message.Summary {
        let symbol = try text()
        try skipWholes(2)
        _ = try text()
        try skipWholes(1)
        _ = try text()
        let summary = Message.Summary(
            symbol: symbol, openInterest: try whole(), open: try number(), high: try number(), low: try number(),
            close: try number(), previousClose: try price())
        _ = try number()
        return summary
    }

    mutating func greeks() throws -> Message.Greeks {
        let symbol = try text()
        try skipWholes(5)
        return .init(
            symbol: symbol, price: try number(), volatility: try number(), delta: try number(), gamma: try number(),
            theta: try number(), rho: try number(), vega: try number())
    }
}
