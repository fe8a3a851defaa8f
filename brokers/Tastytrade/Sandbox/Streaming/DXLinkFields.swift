import Foundation
import Sandbox

/// The values of one event, by field name, as literal JSON.
struct DXLinkEvent: Sendable {
    static let types: [String: [String]] = [
        "Quote": [
            "eventType", "eventSymbol", "eventTime", "sequence", "timeNanoPart", "bidTime", "bidExchangeCode",
            "bidPrice", "bidSize", "askTime", "askExchangeCode", "askPrice", "askSize",
        ],
        "Trade": tradeFields,
        "TradeETH": tradeFields,
        "Summary": [
            "eventType", "eventSymbol", "eventTime", "dayId", "dayOpenPrice", "dayHighPrice", "dayLowPrice",
            "dayClosePrice", "dayClosePriceType", "prevDayId", "prevDayClosePrice", "prevDayClosePriceType",
            "prevDayVolume", "openInterest",
        ],
        "Profile": [
            "eventType", "eventSymbol", "eventTime", "description", "shortSaleRestriction", "tradingStatus",
            "statusReason", "haltStartTime", "haltEndTime", "highLimitPrice", "lowLimitPrice", "high52WeekPrice",
            "low52WeekPrice", "beta", "earningsPerShare", "dividendFrequency", "exDividendAmount", "exDividendDayId",
            "shares", "freeFloat",
        ],
        "Greeks": [
            "eventType", "eventSymbol", "eventTime", "eventFlags", "index", "time", "sequence", "price", "volatility",
            "delta", "gamma", "theta", "rho", "vega",
        ],
        "Candle": DXLinkCandles.fields,
    ]

    private static let tradeFields = [
        "eventType", "eventSymbol", "eventTime", "time", "timeNanoPart", "sequence", "exchangeCode", "price", "change",
        "size", "dayId", "dayVolume", "dayTurnover", "tickDirection", "extendedTradingHours",
    ]

    private var values: [String: SandboxJSON]

    /// An event of which nothing is known yet.
    init(type: String, symbol: String) {
        values = ["eventType": .string(type), "eventSymbol": .string(symbol), "eventTime": 0]
    }

    mutating func set(_ more: [String: SandboxJSON]) { values.merge(more) { $1 } }

    /// The event of a type for an instrument; nil when there is none, such as Greeks of a share.
    init?(type: String, symbol: String, instrument: Int, market: MarketModel) {
        self.init(type: type, symbol: symbol)
        switch type {
        case "Quote":
            guard !market.instruments[instrument].isIndex else { return nil }
            addQuote(market.quote(of: instrument))
        case "Trade", "TradeETH": addTrade(market.quote(of: instrument), market: market)
        case "Summary": addSummary(market.quote(of: instrument), market: market)
        case "Profile":
            addProfile(market.instruments[instrument])
            if let dividend = market.lastDividend(of: instrument) {
                values["exDividendAmount"] = Self.double(dividend.amount)
                values["exDividendDayId"] = .int(dividend.date.dayNumber)
            }
        case "Greeks":
            guard let greeks = market.greeks(of: instrument) else { return nil }
            addGreeks(greeks, market: market)
        default: return nil
        }
    }

    /// A row in an order of fields; what the event does not have is `"NaN"`.
    func row(_ fields: [String]) -> [SandboxJSON] {
        fields.map { values[Self.name(of: $0)] ?? "NaN" }
    }

    /// Clients write this one field in either way.
    private static func name(of field: String) -> String { field == "vwap" ? "VWAP" : field }

    /// An object of the fields that have a value.
    func object(_ fields: [String]) -> SandboxJSON {
        let shown = fields.contains("eventType") ? fields : ["eventType"] + fields
        return .object(shown.compactMap { name in values[Self.name(of: name)].map { .init(name, $0) } })
    }

    mutating func clearGreeks() {
        for name in ["price", "volatility", "delta", "gamma", "theta", "rho", "vega"] { values[name] = "NaN" }
    }

    /// The feed's way with doubles: `100.0`, `1.3743299E7`, `"NaN"`.
    static func double(_ value: Double?) -> SandboxJSON {
        guard let value, value.isFinite else {
            return .string(value.map { $0.isNaN ? "NaN" : $0 > 0 ? "Infinity" : "-Infinity" } ?? "NaN")
        }
        guard abs(value) >= 1e7 else {
            let text = "\(value)"
            return .number(text.contains("e") ? text.replacing("e", with: "E") : text)
        }
        var exponent = 0
        var mantissa = value
        while abs(mantissa) >= 10 {
            mantissa /= 10
            exponent += 1
        }
        let rounded = (mantissa * 1e12).rounded() / 1e12
        return .number("\(rounded)E\(exponent)")
    }

    private static func price(_ amount: SandboxAmount?) -> SandboxJSON {
        amount.map { .number($0.withDecimal) } ?? "NaN"
    }

    private mutating func addQuote(_ quote: MarketQuote) {
        for name in ["sequence", "timeNanoPart", "bidTime", "askTime"] { values[name] = 0 }
        values["bidExchangeCode"] = "Q"
        values["askExchangeCode"] = "Q"
        values["bidPrice"] = Self.price(quote.bid)
        values["askPrice"] = Self.price(quote.ask)
        values["bidSize"] = Self.double(Double(quote.bidSize))
        values["askSize"] = Self.double(Double(quote.askSize))
    }

    private mutating func addTrade(_ quote: MarketQuote, market: MarketModel) {
        let hasTraded = quote.last != nil
        let isIndex = quote.bid == nil
        values["time"] = hasTraded ? Self.milliseconds(market) : 0
        values["timeNanoPart"] = 0
        values["sequence"] = 0
        values["exchangeCode"] = hasTraded ? "Q" : "\u{0}"
        values["price"] = Self.price(quote.last)
        values["change"] = Self.price(quote.last.map { $0 - quote.previousClose })
        values["size"] = hasTraded && !isIndex ? .number("100.0") : "NaN"
        values["dayId"] = .int(market.date.dayNumber)
        values["dayVolume"] = hasTraded && !isIndex ? Self.double(Double(quote.volume)) : "NaN"
        values["dayTurnover"] =
            hasTraded && !isIndex
            ? Self.double(Double(quote.volume) * (quote.last?.double ?? 0)) : "NaN"
        values["tickDirection"] = hasTraded ? "ZERO_UP" : "UNDEFINED"
        values["extendedTradingHours"] = false
    }

    private mutating func addSummary(_ quote: MarketQuote, market: MarketModel) {
        values["dayId"] = .int(market.date.dayNumber)
        values["dayOpenPrice"] = Self.price(quote.dayOpen)
        values["dayHighPrice"] = Self.price(quote.dayHigh)
        values["dayLowPrice"] = Self.price(quote.dayLow)
        values["dayClosePriceType"] = "REGULAR"
        values["prevDayId"] = .int(market.date.previousSession.dayNumber)
        values["prevDayClosePrice"] = Self.price(quote.previousClose)
        values["prevDayClosePriceType"] = "FINAL"
        values["openInterest"] = .int(quote.openInterest)
    }

    private mutating func addProfile(_ instrument: MarketInstrument) {
        values["description"] = .string(instrument.description)
        values["shortSaleRestriction"] = "INACTIVE"
        values["tradingStatus"] = "ACTIVE"
        values["statusReason"] = .null
        for name in ["haltStartTime", "haltEndTime", "exDividendDayId"] { values[name] = 0 }
        values["beta"] = .number("1.0")
    }

    private mutating func addGreeks(_ greeks: MarketGreeks, market: MarketModel) {
        let milliseconds = Int64((market.now.timeIntervalSince1970 * 1_000).rounded())
        values["eventFlags"] = 0
        values["index"] = .int((milliseconds / 1_000) << 32 | (milliseconds % 1_000) << 22)
        values["time"] = .int(milliseconds)
        values["sequence"] = 0
        values["price"] = Self.double(greeks.price)
        values["volatility"] = Self.double(greeks.volatility)
        values["delta"] = Self.double(greeks.delta)
        values["gamma"] = Self.double(greeks.gamma)
        values["theta"] = Self.double(greeks.theta)
        values["rho"] = Self.double(greeks.rho)
        values["vega"] = Self.double(greeks.vega)
    }

    private static func milliseconds(_ market: MarketModel) -> SandboxJSON {
        .int(Int64((market.now.timeIntervalSince1970 * 1_000).rounded()))
    }
}
