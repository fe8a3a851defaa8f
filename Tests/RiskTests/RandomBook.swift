import PortfolioModel
import Risk

/// A seeded source of updates over a small world of shares, a future, options, accounts and currencies.
struct RandomBook {
    private var state: UInt64
    var maker = BookMaker()
    private var accounts: [AccountID] = [BookMaker.account]
    private var securities: [InstrumentID] = []
    private var options: [InstrumentID] = []

    init(seed: UInt64) {
        state = seed
        for (broker, currency) in [("fidelity", Currency.usd), ("zerodha", .inr)] {
            let id = AccountID("\(broker)-1")
            accounts.append(id)
            maker.add(
                Account(
                    id: id, key: AccountKey(BrokerID(broker), "X\(broker)"), currency: currency, state: .confirmed,
                    asOf: maker.now))
        }
        maker.apply([
            .earlierRates([
                FXRate(
                    base: .usd, quote: .inr, rate: 85, asOf: maker.now.adding(.seconds(-86_400)), source: "config")
            ])
        ])
        securities = [
            maker.share("AAA"), maker.share("BBB"), maker.share("CCC", currency: .inr),
            maker.future("/ESZ6", product: "/ES", multiplier: 50), maker.share("III", kind: .index),
            maker.future("IIIZ6", product: "III", multiplier: 1),
        ]
        for strike in ["90", "100", "110"] {
            for right in [OptionRight.call, .put] {
                options.append(maker.option("AAA", on: "AAA", strike, right))
                options.append(maker.option("BBB", on: "BBB", strike, right, days: 60))
                options.append(maker.option("III", on: "III", strike, right, kind: .indexOption))
            }
        }
        options.append(
            maker.option("BBB1", on: "BBB", "9", .call, delivers: [Deliverable(symbol: "BBB", amount: 10)]))
        options.append(
            maker.option(
                "EW4", on: "/ESZ6", "100", .put, kind: .futureOption, multiplier: 50,
                delivers: [Deliverable(symbol: "/ESZ6", amount: 1)]))
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[next(below: list.count)] }
    private mutating func cents(_ low: Int, _ high: Int) -> FixedDecimal {
        FixedDecimal(raw64: Int64(low + next(below: high - low)) * 1_000_000)
    }

    /// One update of one to three changes; time passes a little.
    mutating func update() -> PortfolioUpdate {
        maker.now = maker.now.adding(.milliseconds(next(below: 3000)))
        return maker.apply((0...next(below: 3)).map { _ in change() })
    }

    private mutating func change() -> BookChange {
        switch next(below: 20) {
        case 0...3: return position()
        case 4: return .positionClosed(PositionKey(pick(accounts), pick(securities + options)))
        case 5: return account()
        case 6:
            return .balance(
                Balance(key: .init(pick(accounts), pick([.usd, .inr])), cash: cents(-50_000, 90_000), asOf: maker.now))
        case 7:
            return .rate(
                FXRate(base: .usd, quote: .inr, rate: cents(8000, 9000), asOf: maker.now, source: "config"))
        case 8: return next(below: 8) == 0 ? .feedSilent(BookMaker.feed) : market()
        default: return market()
        }
    }

    private mutating func position() -> BookChange {
        let key = PositionKey(pick(accounts), pick(securities + options))
        let hasBasis = next(below: 5) > 0
        return .position(
            Position(
                key: key, quantity: FixedDecimal(next(below: 21) - 10),
                averageOpenPrice: hasBasis ? cents(100, 9000) : nil,
                basis: Basis(includesFees: false, source: "test"),
                priorSettlement: next(below: 4) > 0 ? cents(100, 9000) : nil,
                brokerMark: next(below: 2) > 0 ? cents(100, 9000) : nil,
                realizedToday: next(below: 2) > 0 ? cents(-900, 900) : nil, asOf: maker.now))
    }

    private mutating func account() -> BookChange {
        let id = pick(accounts)
        var account = maker.book.accounts[id] ?? Account(id: id, key: AccountKey(BookMaker.feed, "0"))
        account.state = pick([.confirmed, .confirmed, .stale, .unknown])
        account.asOf = maker.now
        return .account(account)
    }

    private mutating func market() -> BookChange {
        var batch = MarketBatch(source: BookMaker.feed, receivedAt: maker.now)
        for _ in 0...next(below: 4) {
            let security = pick(securities).raw
            let price = cents(9000, 11_000)
            batch.trades.append(TradeEvent(instrument: security, price: WireDecimal(price)))
            if next(below: 3) == 0 { batch.quotes.append(quote(security, price)) }
            let option = pick(options).raw
            let bid = cents(0, 1500)
            let ask = (try? bid + cents(-5, 60)) ?? bid
            batch.quotes.append(
                QuoteEvent(instrument: option, bid: WireDecimal(bid), ask: WireDecimal(ask)))
            if next(below: 3) == 0 { batch.greeks.append(greeks(pick(options).raw)) }
            if next(below: 4) == 0 {
                batch.summaries.append(
                    SummaryEvent(instrument: security, previousClose: WireDecimal(cents(9000, 11_000))))
            }
        }
        return .market(batch)
    }

    /// Now and then wider than any market.
    private mutating func quote(_ handle: MarketHandle, _ price: FixedDecimal) -> QuoteEvent {
        let ask = (try? price + cents(1, next(below: 2) == 0 ? 2000 : 100)) ?? price
        return QuoteEvent(instrument: handle, bid: WireDecimal(price), ask: WireDecimal(ask))
    }

    private mutating func greeks(_ handle: MarketHandle) -> GreeksEvent {
        let isNone = next(below: 4) == 0
        func some(_ scale: Double, _ roll: Int) -> Double { isNone ? .nan : Double(roll) / 1000 * scale }
        return GreeksEvent(
            instrument: handle, price: 1, volatility: isNone ? .nan : 0.3, delta: some(1, next(below: 2000) - 1000),
            gamma: some(0.1, next(below: 1000)), theta: some(-0.1, next(below: 1000)),
            vega: some(0.5, next(below: 1000)), rho: some(0.1, next(below: 1000)))
    }
}
