import Sandbox

extension VenueState {
    mutating func marketData(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        if path.count == 3, path[1] != "by-type", let index = catalogue.instrument(symbol: path[2]) {
            return envelope(quote(index, request), for: request)
        }
        guard path == ["market-data", "by-type"] else { return Self.notFound }
        let kinds = ["index", "equity", "equity-option", "future", "future-option", "cryptocurrency"]
        let asked = kinds.flatMap { request.http.list($0) }
        guard asked.count <= 100 else {
            return Self.error(400, "validation_error", "No more than 100 symbols can be asked for at once.")
        }
        let found = asked.compactMap { catalogue.instrument(symbol: $0) }
        return items(found.map { quote($0, request) }, for: request)
    }

    private func quote(_ index: Int, _ request: VenueRequest) -> SandboxJSON {
        let market = request.market
        let quote = market.quote(of: index)
        func money(_ amount: SandboxAmount?) -> SandboxJSON { amount.map { .money($0) } ?? .null }
        let mid = quote.bid.flatMap { bid in
            quote.ask.map { SandboxAmount(millionths: (bid.millionths + $0.millionths) / 2) }
        }
        return [
            "symbol": .string(catalogue.symbols[index]),
            "instrument-type": .string(VenueWords.instrumentType(market.instruments[index].kind)),
            "updated-at": .string(VenueWords.time(request.now, zone: "Z")), "bid": money(quote.bid),
            "bid-size": .money(SandboxAmount(quote.bidSize)), "ask": money(quote.ask),
            "ask-size": .money(SandboxAmount(quote.askSize)), "mid": money(mid),
            "mark": market.instruments[index].isIndex ? .null : .money(quote.mark), "last": money(quote.last),
            "last-mkt": money(quote.last), "open": money(quote.dayOpen), "day-high-price": money(quote.dayHigh),
            "day-low-price": money(quote.dayLow), "close-price-type": "Unknown",
            "prev-close": .money(quote.previousClose), "prev-close-date": .string(market.date.previousSession.iso),
            "prev-close-price-type": "Final", "summary-date": .string(market.date.iso), "is-trading-halted": false,
            "halt-start-time": -1, "halt-end-time": -1, "volume": .money(SandboxAmount(quote.volume)),
            "open-interest": .money(SandboxAmount(quote.openInterest)),
        ]
    }

    mutating func marketMetrics(_ request: VenueRequest) -> SandboxResponse {
        guard request.path.count == 1 else { return Self.notFound }
        let found = request.http.list("symbols").compactMap { symbol in
            catalogue.instrument(symbol: symbol).map { metrics(symbol, $0, request) }
        }
        return items(found, for: request)
    }

    /// Volatility figures are fractions, except the 30-day ones, which are percent.
    private func metrics(_ symbol: String, _ index: Int, _ request: VenueRequest) -> SandboxJSON {
        let market = request.market
        let chain = market.instruments.filter { $0.underlying == index && $0.option?.right == .call }
        let expiries = Dictionary(grouping: chain) { $0.option?.expiry ?? market.date }.sorted { $0.key < $1.key }
        func volatility(_ options: [MarketInstrument]) -> Double? {
            let spot = market.spot(of: index)
            let nearest = options.min {
                abs(($0.option?.strike.double ?? 0) - spot) < abs(($1.option?.strike.double ?? 0) - spot)
            }
            return nearest.flatMap { market.volatility(of: $0.id) }
        }
        func fraction(_ value: Double?) -> SandboxJSON { value.map { .money(SandboxAmount(rounding: $0)) } ?? .null }
        let month = expiries.min {
            abs(market.date.days(until: $0.key) - 30) < abs(market.date.days(until: $1.key) - 30)
        }
        let level = month.flatMap { volatility($0.value) }
        return [
            "symbol": .string(symbol), "implied-volatility-index": fraction(level),
            "implied-volatility-index-5-day-change": "0.001", "implied-volatility-index-rank": "0.25",
            "implied-volatility-percentile": "0.4", "liquidity-rating": 4, "liquidity-value": "250.0", "beta": "1.0",
            "implied-volatility-30-day": fraction(level.map { $0 * 100 }), "market-cap": .number("1000000000"),
            "updated-at": .string(VenueWords.time(request.now, zone: "Z")),
            "option-expiration-implied-volatilities": .array(
                expiries.compactMap { expiry, options in
                    guard let option = options.first?.option else { return nil }
                    return [
                        "expiration-date": .string(expiry.iso),
                        "option-chain-type": .string(InstrumentJSON.chainType(option)),
                        "settlement-type": .string(option.settlement.rawValue),
                        "implied-volatility": fraction(volatility(options)),
                    ]
                }),
        ]
    }
}
