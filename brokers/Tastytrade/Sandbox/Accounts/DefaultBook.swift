import Foundation
import Sandbox

/// The accounts that a sandbox starts with.
enum DefaultBook {
    /// A margin account with shares, spreads, futures and crypto, and a retirement account without margin.
    static func ledgers(_ market: MarketModel) -> [Ledger] {
        [marginAccount(market), retirementAccount(market)].compactMap { $0 }
    }

    /// One account with exactly the US rows of the book S11 and 25000.00 of cash; nil when the market lacks a contract.
    static func s11(_ market: MarketModel) -> [Ledger]? {
        guard let book = market.s11Instruments() else { return nil }
        var ledger = Ledger(
            number: "5WS00011", nickname: "Fixed book", typeName: "Individual", isMargin: true,
            opened: market.date.adding(days: -400), firstID: 400_000, isFree: true)
        let opened = past(market, 20)
        ledger.trade(
            [leg(book.share, 100, "580"), leg(book.sharePut, -2, "7.47"), leg(book.adjustedCall, 1, "5")],
            at: opened, today: market.date, market: market)
        ledger.trade(
            [leg(book.future, 1, "6000"), leg(book.futurePut, 1, "40")], at: opened, today: market.date, market: market)
        ledger.moveCash(
            SandboxAmount(25_000) - ledger.cash, subType: "Deposit", description: "Wire Funds Received",
            at: past(market, 30))
        return [ledger]
    }

    private static func marginAccount(_ market: MarketModel) -> Ledger? {
        guard let spy = market.underlying(named: "SPY"), let aapl = market.underlying(named: "AAPL"),
            let bitcoin = market.underlying(named: "BTC/USD"), let future = market.futureInstruments.first,
            let spyLongPut = market.option(root: "SPY", days: 30, strike: 575, right: .put),
            let spyShortPut = market.option(root: "SPY", days: 30, strike: 585, right: .put),
            let spyLong = market.option(root: "SPY", days: 60, strike: 620, right: .call),
            let qqqCall = market.option(root: "QQQ", days: 30, strike: 540, right: .call),
            let nvdaPut = market.option(root: "NVDA", days: 30, strike: 130, right: .put),
            let spxCall = market.option(root: "SPXW", days: 7, strike: 6_100, right: .call),
            let futurePut = market.futureOption(on: future, days: 10, strike: 5_900, right: .put)
        else { return nil }
        var ledger = Ledger(
            number: "5WX00042", nickname: "Trading", typeName: "Individual", isMargin: true,
            opened: market.date.adding(days: -900), firstID: 270_000)
        ledger.moveCash(
            SandboxAmount(250_000), subType: "Deposit", description: "Wire Funds Received", at: past(market, 95))
        func trade(_ legs: [LedgerLeg], _ daysAgo: Int) {
            ledger.trade(legs, at: past(market, daysAgo), today: market.date, market: market)
        }
        trade([leg(spy, 100, "571.25")], 90)
        trade([leg(aapl, 100, "212.40")], 75)
        ledger.moveCash(
            SandboxAmount(millionths: 177_250_000), subType: "Dividend", description: "SPDR S&P 500 ETF TRUST",
            at: past(market, 50), instrument: spy)
        trade([leg(aapl, 50, "224.10")], 40)
        trade([leg(bitcoin, "0.25", "91250.5")], 33)
        trade([leg(spyShortPut, -3, "8.15"), leg(spyLongPut, 3, "5.6")], 18)
        trade([leg(spyLong, 2, "11.2")], 16)
        trade([leg(nvdaPut, -2, "3.45")], 12)
        trade([leg(future, 1, "5978.25")], 9)
        trade([leg(spxCall, -1, "28.4")], 4)
        trade([leg(qqqCall, 4, "7.3")], 3)
        trade([leg(futurePut, 1, "41.25")], 2)
        let today = thisDay(market)
        let aaplPrice = market.quote(of: aapl).mark
        ledger.trade(
            [LedgerLeg(instrument: aapl, quantity: SandboxAmount(-25), price: aaplPrice)], at: today,
            today: market.date,
            market: market)
        ledger.trade(
            [LedgerLeg(instrument: qqqCall, quantity: SandboxAmount(1), price: market.quote(of: qqqCall).mark)],
            at: today.addingTimeInterval(60), today: market.date, market: market)
        ledger.rest(leg(spy, -50, "655"), at: today.addingTimeInterval(120), market: market)
        return ledger
    }

    private static func retirementAccount(_ market: MarketModel) -> Ledger? {
        guard let qqq = market.underlying(named: "QQQ"), let iwm = market.underlying(named: "IWM"),
            let spy = market.underlying(named: "SPY"),
            let covered = market.option(root: "QQQ", days: 30, strike: 550, right: .call)
        else { return nil }
        var ledger = Ledger(
            number: "5WX00077", nickname: "Retirement", typeName: "Roth IRA", isMargin: false,
            opened: market.date.adding(days: -700), firstID: 910_000)
        ledger.moveCash(SandboxAmount(90_000), subType: "Deposit", description: "ACH DEPOSIT", at: past(market, 200))
        func trade(_ legs: [LedgerLeg], _ daysAgo: Int) {
            ledger.trade(legs, at: past(market, daysAgo), today: market.date, market: market)
        }
        trade([leg(qqq, 100, "478.05")], 180)
        trade([leg(iwm, 60, "219.9")], 120)
        trade([leg(spy, "5.25", "566.4")], 60)
        trade([leg(covered, -1, "6.05")], 14)
        return ledger
    }

    private static func leg(_ instrument: Int, _ quantity: Int, _ price: String) -> LedgerLeg {
        LedgerLeg(instrument: instrument, quantity: SandboxAmount(quantity), price: SandboxAmount(price) ?? .zero)
    }

    private static func leg(_ instrument: Int, _ quantity: String, _ price: String) -> LedgerLeg {
        LedgerLeg(
            instrument: instrument, quantity: SandboxAmount(quantity) ?? .zero, price: SandboxAmount(price) ?? .zero)
    }

    /// Ten in the morning of the session that is at least so many days before the market's day.
    private static func past(_ market: MarketModel, _ days: Int) -> Date {
        market.date.adding(days: -days).sessionOnOrBefore.newYork(hour: 10, minute: 0)
    }

    /// Half an hour before the market started, yet on its day.
    private static func thisDay(_ market: MarketModel) -> Date {
        max(market.start.addingTimeInterval(-1_800), market.date.newYork(hour: 0, minute: 1))
    }
}
