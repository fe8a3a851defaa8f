/// The columns that the file has, as a FEED_CONFIG states them: those the tastytrade SDK asks for, which are more than
/// ours. The fields that we do not ask for are passed over, at our cost.
enum FeedFields {
    static let bySDK: [String: [String]] = [
        "Quote": [
            "eventSymbol", "eventTime", "sequence", "timeNanoPart", "bidTime", "bidExchangeCode", "askTime",
            "askExchangeCode", "bidPrice", "askPrice", "bidSize", "askSize",
        ],
        "Trade": [
            "eventSymbol", "eventTime", "time", "timeNanoPart", "sequence", "exchangeCode", "dayId", "tickDirection",
            "extendedTradingHours", "price", "change", "size", "dayVolume", "dayTurnover",
        ],
        "Greeks": [
            "eventSymbol", "eventTime", "eventFlags", "index", "time", "sequence", "price", "volatility", "delta",
            "gamma", "theta", "rho", "vega",
        ],
        "Summary": [
            "eventSymbol", "eventTime", "dayId", "dayClosePriceType", "prevDayId", "prevDayClosePriceType",
            "openInterest", "dayOpenPrice", "dayHighPrice", "dayLowPrice", "dayClosePrice", "prevDayClosePrice",
            "prevDayVolume",
        ],
    ]
}
