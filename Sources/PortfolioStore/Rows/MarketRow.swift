import PortfolioModel

/// The last that was known of one instrument's market, for the hours when no feed speaks.
struct MarketRow: StoredRow {
    var instrument: InstrumentID
    var market: InstrumentMarket

    init(instrument: InstrumentID, market: InstrumentMarket) {
        self.instrument = instrument
        self.market = market
    }

    static let table = TableShape(
        "market", key: ["instrument"],
        values: [
            "bid", "ask", "quote_at", "last", "last_at", "close", "previous_close", "greeks_at", "model_price",
            "volatility", "delta", "gamma", "theta", "vega", "rho", "is_halted", "beta", "dividend", "ex_dividend",
            "source", "updated_at",
        ])

    func bind(to columns: inout ColumnBinder) {
        let greeks = market.greeks?.event
        let profile = market.profile
        columns.add(instrument)
        columns.add(market.quote?.wireBid)
        columns.add(market.quote?.wireAsk)
        columns.add(market.quote?.at)
        columns.add(market.last?.price)
        columns.add(market.last?.at)
        columns.add(market.wireClose)
        columns.add(market.wirePreviousClose)
        columns.add(market.greeks?.at)
        columns.add(greeks?.price)
        columns.add(greeks?.volatility)
        columns.add(greeks?.delta)
        columns.add(greeks?.gamma)
        columns.add(greeks?.theta)
        columns.add(greeks?.vega)
        columns.add(greeks?.rho)
        columns.add(profile?.isHalted)
        columns.add(profile?.beta)
        columns.add(profile?.dividendAmount)
        columns.add(profile?.exDividendDate)
        columns.add(market.source)
        columns.add(market.updatedAt)
    }

    /// The market as stored, never live.
    init(_ reader: RowReader) throws(StoreError) {
        instrument = try reader.instrument()
        market = InstrumentMarket()
        if let at = try reader.timeIfAny("quote_at") {
            market.quote = .init(bid: try reader.decimalIfAny("bid"), ask: try reader.decimalIfAny("ask"), at: at)
        }
        if let at = try reader.timeIfAny("last_at") {
            market.last = .init(price: WireDecimal(try reader.decimal("last")), at: at)
        }
        market.close = try reader.decimalIfAny("close")
        market.previousClose = try reader.decimalIfAny("previous_close")
        market.greeks = try Self.greeks(reader, instrument.raw)
        if let isHalted = try reader.flagIfAny("is_halted") {
            market.profile = ProfileEvent(
                instrument: instrument.raw, isHalted: isHalted, beta: try reader.doubleIfAny("beta"),
                dividendAmount: try reader.doubleIfAny("dividend"), exDividendDate: try reader.dateIfAny("ex_dividend"))
        }
        market.source = try reader.textIfAny("source").map { BrokerID($0) }
        market.updatedAt = try reader.timeIfAny("updated_at")
        market.isLive = false
    }

    private static func greeks(
        _ reader: RowReader, _ handle: MarketHandle
    ) throws(StoreError) -> InstrumentMarket.Greeks? {
        guard let at = try reader.timeIfAny("greeks_at") else { return nil }
        func figure(_ column: String) throws(StoreError) -> Double { try reader.doubleIfAny(column) ?? .nan }
        let event = GreeksEvent(
            instrument: handle, price: try figure("model_price"), volatility: try figure("volatility"),
            delta: try figure("delta"), gamma: try figure("gamma"), theta: try figure("theta"),
            vega: try figure("vega"), rho: try figure("rho"))
        return .init(event: event, at: at)
    }
}

extension FXRate: StoredRow {
    static let table = TableShape("fx_rate", key: ["base", "quote", "source"], values: ["rate", "as_of"])

    func bind(to columns: inout ColumnBinder) { columns.bind(base, quote, source, rate, asOf) }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            base: try reader.currency("base"), quote: try reader.currency("quote"), rate: try reader.decimal("rate"),
            asOf: try reader.time("as_of"), source: try reader.text("source"))
    }
}

extension BrokerStatus: StoredRow {
    static let table = TableShape(
        "broker_status", key: ["broker"], values: ["state", "since", "last_good_at", "message", "streams"])

    func bind(to columns: inout ColumnBinder) {
        let lines = streams.map { stream in
            [
                stream.name, String(stream.subscribed), String(stream.receiving),
                stream.lastEventAt.map { String($0.microseconds) } ?? "",
            ]
        }
        columns.bind(broker, state.rawValue, since, lastGoodAt, message, WordTable(lines: lines))
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            broker: try reader.broker("broker"), state: try reader.word("state"), since: try reader.time("since"),
            lastGoodAt: try reader.timeIfAny("last_good_at"), message: try reader.textIfAny("message"))
        for line in try reader.linesIfAny("streams") ?? [] {
            guard line.count == 4, let subscribed = Int(line[1]), let receiving = Int(line[2]) else {
                throw reader.damage("streams", "unreadable value")
            }
            let last = Int64(line[3]).map { Timestamp(microseconds: $0) }
            streams.append(
                StreamStatus(name: line[0], subscribed: subscribed, receiving: receiving, lastEventAt: last))
        }
    }
}
