import PortfolioModel

/// A book with one of everything that can be stored.
enum SampleBook {
    static let now = Timestamp(microseconds: 1_795_000_000_123_456)
    static let tasty = AccountID("tastytrade-1")
    static let fidelity = AccountID("fidelity-1")

    static func instruments() throws -> [Instrument] {
        var master = InstrumentMaster()
        let today = try date("2026-11-21")
        let expiry = try date("2027-01-15")
        func terms(_ kind: InstrumentKind, _ symbol: String, _ contract: Contract? = nil) -> InstrumentTerms {
            InstrumentTerms(kind: kind, symbol: symbol, contract: contract)
        }
        let call = Contract(
            underlying: "SPY", root: "SPY", expiry: expiry, strike: 570, right: .put, exerciseStyle: .american,
            settlement: Settlement(.physical), premiumMultiplier: 100,
            deliverables: [Deliverable(symbol: "SPY", amount: 100)])
        let adjusted = Contract(
            underlying: "ABC", root: "ABC1", expiry: expiry, strike: try decimal("2.5"), right: .call,
            premiumMultiplier: 100,
            deliverables: [
                Deliverable(symbol: "ABC", amount: 10),
                Deliverable(symbol: "USD", amount: try decimal("12.34"), isCash: true),
            ])
        let index = Contract(
            underlying: "SPX", root: "SPX", expiry: expiry, strike: 6000, right: .call, exerciseStyle: .european,
            settlement: Settlement(.cash, .am), premiumMultiplier: 100, deliverables: [])
        let future = Contract(underlying: "/ES", root: "/ES", expiry: expiry, premiumMultiplier: 50)
        let onFuture = Contract(
            underlying: "/ESZ6", root: "EW3", expiry: expiry, strike: 5900, right: .put, premiumMultiplier: 50)
        let nifty = Contract(
            underlying: "NIFTY", root: "NIFTY", expiry: expiry, strike: 25_000, right: .call, premiumMultiplier: 1,
            lotSize: 75)
        var apple = terms(.equity, "AAPL")
        apple.name = "Apple Inc."
        apple.identifiers = [
            Identifier(.isin, "US0378331005"), Identifier(.conId, "265598"),
            Identifier(.ticker, "OLD", validFrom: try date("2001-02-03"), validThrough: today),
        ]
        var fund = terms(.fund, "FXAIX")
        fund.kindIsCertain = false
        var rupees = InstrumentTerms(kind: .indexOption, symbol: "NIFTY2711525000CE", currency: .inr, listing: "NFO")
        rupees.contract = nifty
        rupees.identifiers = [Identifier(.kite, "NFO:NIFTY2711525000CE", validFrom: today)]
        let all = [
            apple, terms(.etf, "SPY"), terms(.index, "SPX"), terms(.equityOption, "SPY   270115P00570000", call),
            terms(.equityOption, "ABC1  270115C00002500", adjusted),
            terms(.indexOption, "SPX   270115C06000000", index),
            terms(.future, "/ESZ6", future), terms(.futureOption, "./ESZ6 EW3F7 270115P5900", onFuture), fund,
            terms(.bond, "912828XX1"), terms(.crypto, "BTC"), terms(.cash, "USD"), rupees,
        ]
        for one in all { _ = master.resolve(one, on: today) }
        return master.instruments
    }

    static func accounts() -> [Account] {
        [
            Account(
                id: fidelity, key: AccountKey(BrokerID("fidelity"), "Z12345678"), name: "Roth", taxStatus: .rothIra,
                state: .stale, asOf: now),
            Account(id: tasty, key: AccountKey(BrokerID("tastytrade"), "5WX00001"), state: .confirmed, asOf: now),
        ]
    }

    static func position(_ account: AccountID, _ number: UInt32, _ quantity: FixedDecimal) -> Position {
        Position(
            key: PositionKey(account, InstrumentID(raw: number)), quantity: quantity,
            basis: Basis(includesFees: false, source: account.text), asOf: now)
    }

    static func changes() throws -> [BookChange] {
        var changes = try instruments().map { BookChange.instrument($0) }
        changes += accounts().map { .account($0) }
        for number in 1...12 { changes.append(.position(position(fidelity, UInt32(number), FixedDecimal(number)))) }
        var rich = position(tasty, 4, -2)
        rich.averageOpenPrice = try decimal("7.47")
        rich.costBasis = try decimal("-1494.00000001")
        rich.priorSettlement = try decimal("5.6")
        rich.brokerMark = try decimal("5.05")
        rich.brokerMarkAsOf = now
        rich.realizedToday = try decimal("-0.5")
        rich.today = DayActivity(
            date: try date("2026-11-20"), fills: [.init(quantity: -2, price: try decimal("7.47"))],
            cash: try decimal("-2.28"))
        changes.append(.position(rich))
        for (code, cash) in [("EUR", "5266.53"), ("USD", "-4549.63"), ("DKK", "-1258.09")] {
            guard let currency = Currency(code) else { continue }
            changes.append(.balance(Balance(key: .init(tasty, currency), cash: try decimal(cash), asOf: now)))
        }
        changes.append(
            .balance(
                Balance(
                    key: .init(fidelity, .usd), cash: try decimal("100000000000000000000.00000001"), settledCash: 1,
                    pendingCash: -2, accruedInterest: try decimal("0.03"), asOf: now)))
        changes.append(
            .figures(
                AccountFigures(
                    account: tasty, netLiquidation: 61_644, equityBuyingPower: 1, derivativeBuyingPower: 2,
                    usedDerivativeBuyingPower: 3, initialMargin: 4, maintenanceMargin: 5, isPatternDayTrader: false,
                    asOf: now)))
        changes.append(.figures(AccountFigures(account: fidelity, asOf: now)))
        changes.append(
            .rate(FXRate(base: .usd, quote: .inr, rate: try decimal("84.5"), asOf: now, source: "ecb")))
        changes.append(
            .broker(
                BrokerStatus(
                    broker: BrokerID("tastytrade"), state: .needsLogin, since: now, lastGoodAt: now, message: "log in",
                    streams: [
                        StreamStatus(name: "quotes", subscribed: 3, receiving: 2, lastEventAt: now),
                        StreamStatus(name: "account"),
                    ])))
        return changes
    }

    static func market() throws -> InstrumentMarket {
        var market = InstrumentMarket()
        market.quote = .init(bid: nil, ask: try decimal("5.1"), at: now)
        market.last = .init(price: WireDecimal(try decimal("-37.63")), at: now)
        market.close = 5
        market.previousClose = try decimal("5.6")
        market.greeks = .init(
            event: GreeksEvent(
                instrument: 4, price: 5.05, volatility: 0.2, delta: -0.2, gamma: 0.01, theta: -0.15, vega: 0.5,
                rho: -0.3), at: now)
        market.profile = ProfileEvent(
            instrument: 4, isHalted: true, beta: 1.1, dividendAmount: 0.25, exDividendDate: try date("2026-12-18"))
        market.source = BrokerID("tastytrade")
        market.isLive = true
        market.updatedAt = now
        return market
    }

    static func transaction(_ id: String, cash: FixedDecimal = -10) throws -> Transaction {
        Transaction(
            account: tasty, externalID: id, type: "Trade", subtype: "Buy to Open", description: "Bought 1 AAPL",
            instrument: InstrumentID(raw: 1), quantity: 1, price: try decimal("9.5"), netCash: cash,
            fees: try decimal("-0.5"), currency: .usd, executedAt: now, tradeDate: try date("2026-11-20"),
            receivedAt: now)
    }

    static func update(_ sequence: UInt64, _ changes: [BookChange]) -> PortfolioUpdate {
        PortfolioUpdate(sequence: sequence, at: now, changes: changes)
    }
}
