import BrokerKit
import PortfolioModel

/// What is true at the venue: holdings, cash, history and prices. The service is measured against it.
struct VenueBook: Sendable {
    struct Holding: Sendable {
        var quantity: Int
        var averageCents: Int
        var updatedAt: Timestamp
    }
    struct Fill: Sendable {
        var account: String
        var symbol: String
        var orderID: Int
    }

    static let accounts = ["5WX77001", "5WX77002"]
    static let shares = ["SPY", "AAPL", "QQQ"]
    static let options = [
        "AAPL  270115C00200000", "AAPL  270115P00180000", "SPY   270115P00570000", "SPY   270319C00620000",
    ]

    private(set) var holdings: [String: [String: Holding]] = [:]
    private(set) var cashCents: [String: Int] = [:]
    private(set) var balanceAt: [String: Timestamp] = [:]
    /// Today's rows as JSON, with the day they are of.
    private(set) var history: [String: [String]] = [:]
    private var historyDay: CalendarDate?
    private(set) var cents: [String: Int] = [:]
    private var lastID = 1000
    private var lastStamp: Timestamp
    let start: Timestamp

    init(at now: Timestamp) {
        (lastStamp, start) = (now, now)
        for account in Self.accounts { (cashCents[account], balanceAt[account]) = (5_000_000, now) }
        for (symbol, price) in zip(Self.shares, [58_000, 19_500, 49_000]) { cents[symbol] = price }
        for (symbol, price) in zip(Self.options, [1250, 640, 1500, 905]) { cents[symbol] = price }
        holdings["5WX77001"] = [
            "SPY": Holding(quantity: 100, averageCents: 55_120, updatedAt: now),
            Self.options[0]: Holding(quantity: -2, averageCents: 1100, updatedAt: now),
        ]
        holdings["5WX77002"] = ["QQQ": Holding(quantity: 10, averageCents: 47_000, updatedAt: now)]
    }

    /// Quantities that are not zero, by symbol.
    func held(by account: String) -> [String: Int] {
        (holdings[account] ?? [:]).mapValues(\.quantity).filter { $0.value != 0 }
    }

    /// Every price takes a small step.
    mutating func movePrices(using random: inout SeededGenerator) {
        for symbol in Self.shares + Self.options {
            let price = cents[symbol] ?? 100
            let step = max(1, price / 500)
            cents[symbol] = max(20, price + Int.random(in: -step...step, using: &random))
        }
    }

    /// Somebody trades: a holding grows, shrinks, turns round or is closed.
    mutating func fill(at now: Timestamp, using random: inout SeededGenerator) -> Fill {
        let account = Self.accounts.randomElement(using: &random) ?? Self.accounts[0]
        let symbol = (Self.shares + Self.options).randomElement(using: &random) ?? Self.shares[0]
        let held = holdings[account]?[symbol]?.quantity ?? 0
        var traded = 0
        while traded == 0 {
            traded = Int.random(in: 0..<4, using: &random) == 0 ? -held : Int.random(in: -5...5, using: &random)
        }
        let price = cents[symbol] ?? 100
        let multiplier = Self.shares.contains(symbol) ? 1 : 100
        let stamp = max(now, lastStamp.adding(.milliseconds(1)))
        lastStamp = stamp
        lastID += 1
        holdings[account, default: [:]][symbol] = Holding(
            quantity: held + traded, averageCents: price, updatedAt: stamp)
        cashCents[account, default: 0] -= traded * price * multiplier
        balanceAt[account] = stamp
        let day = MarketZone.newYork.date(of: stamp)
        if historyDay != day { (historyDay, history) = (day, [:]) }
        history[account, default: []].append(
            VenueWords.transaction(
                id: lastID, account: account, symbol: symbol, traded: traded, cents: price, multiplier: multiplier,
                at: stamp, day: day))
        return Fill(account: account, symbol: symbol, orderID: lastID)
    }
}
