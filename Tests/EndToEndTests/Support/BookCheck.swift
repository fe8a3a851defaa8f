import Foundation
import PortfolioModel
import Testing

/// The totals of one run's documents, worked out again from their parts by the formulas of the domain.
struct BookCheck {
    let status: JSON
    let positions: [JSON]
    let accounts: [JSON]
    let balances: [JSON]

    static func sum(_ rows: [JSON], _ amount: (JSON) -> FixedDecimal?) throws -> FixedDecimal {
        var sum = FixedDecimal.zero
        for row in rows {
            let part = try #require(amount(row), "a part without an amount: \(name(row))")
            sum = try sum + part
        }
        return sum
    }

    static func name(_ row: JSON) -> String {
        "\(row["account"]["id"].text ?? "?") \(row["instrument"]["symbol"].text ?? "?")"
    }

    /// Market value and unrealised P&L of one position, from its quantity, prices and multiplier.
    func checkMoney(_ row: JSON) throws {
        let comment = Comment(rawValue: Self.name(row))
        let quantity = try #require(row["quantity"].decimal?.doubleValue, comment)
        let multiplier = try #require(row["instrument"]["multiplier"].decimal?.doubleValue, comment)
        let mark = try #require(row["mark"]["value"].decimal?.doubleValue, comment)
        let value = try #require(row["marketValue"]["native"]["amount"].decimal?.doubleValue, comment)
        let isFuture = row["instrument"]["kind"].text == "future"
        #expect(abs(value - (isFuture ? 0 : mark * quantity * multiplier)) < 0.006, comment)
        if isFuture {
            let notional = try #require(row["notional"]["amount"].decimal?.doubleValue, comment)
            #expect(abs(notional - mark * quantity * multiplier) < 0.006, comment)
        }
        let open = try #require(row["averageOpenPrice"].decimal?.doubleValue, comment)
        let profit = try #require(row["unrealizedPnL"]["native"]["amount"].decimal?.doubleValue, comment)
        #expect(abs(profit - (mark - open) * quantity * multiplier) < 0.006, comment)
    }

    /// Position and money Greeks of one position, from its unit Greeks.
    func checkGreeks(_ row: JSON) throws {
        let comment = Comment(rawValue: Self.name(row))
        let (unit, held, money) = (row["unitGreeks"], row["positionGreeks"], row["moneyGreeks"])
        let quantity = try #require(row["quantity"].decimal?.doubleValue, comment)
        let multiplier = try #require(row["instrument"]["multiplier"].decimal?.doubleValue, comment)
        let price = try #require(row["underlyingPrice"]["value"].decimal?.doubleValue, comment)
        // The deliverable in what the underlying's price quotes; here it is what the multiplier says.
        let delta = try #require(unit["delta"].double, comment) * quantity * multiplier
        let gamma = try #require(unit["gamma"].double, comment) * quantity * multiplier
        #expect(Self.near(held["delta"].double, delta), comment)
        #expect(Self.near(held["gamma"].double, gamma), comment)
        for name in ["theta", "vega", "rho"] {
            let expected = try #require(unit[name].double, comment) * quantity * multiplier
            #expect(Self.near(held[name].double, expected), "\(Self.name(row)) \(name)")
        }
        #expect(Self.near(money["dollarDelta"].double, delta * price), comment)
        #expect(Self.near(money["dollarGamma1pct"].double, gamma * price * price / 100), comment)
    }

    func checkTotals() throws {
        let totals = status["totals"]
        let cash = try Self.sum(balances) { $0["cash"]["base"]["amount"].decimal }
        let value = try Self.sum(positions) { $0["marketValue"]["base"]["amount"].decimal }
        #expect(totals["cash"]["amount"].decimal == cash)
        #expect(totals["marketValue"]["amount"].decimal == value)
        #expect(totals["netLiq"]["amount"].decimal == (try cash + value))
        for name in ["unrealizedPnL", "dayPnL"] {
            #expect(totals[name]["amount"].decimal == (try Self.sum(positions) { $0[name]["base"]["amount"].decimal }))
        }
        let futures = positions.filter { $0["instrument"]["kind"].text == "future" }
        #expect(totals["notional"]["amount"].decimal == (try Self.sum(futures) { $0["notional"]["amount"].decimal }))
        for name in ["dollarDelta", "dollarGamma1pct", "theta", "vega"] {
            let sum = positions.reduce(0) { $0 + ($1["moneyGreeks"][name].double ?? .nan) }
            #expect(Self.near(totals[name].double, sum, scale: 1e6), Comment(rawValue: name))
        }
        #expect(try Self.sum(accounts) { $0["netLiq"]["amount"].decimal } == totals["netLiq"]["amount"].decimal)
    }

    func checkAccounts() throws {
        for account in accounts {
            let id = account["id"].text
            let held = positions.filter { $0["account"]["id"].text == id }
            let value = try Self.sum(held) { $0["marketValue"]["account"]["amount"].decimal }
            let own = balances.filter { $0["account"]["id"].text == id }
            let cash = try Self.sum(own) { $0["cash"]["account"]["amount"].decimal }
            #expect(account["netLiq"]["amount"].decimal == (try cash + value), "\(id ?? "?")")
        }
    }

    /// Share deltas are added inside an underlying group only, each by its member's ratio; money as it is.
    func checkGroups() throws {
        let groups = status["underlyings"].items
        let ratios = groups.map(Self.ratios)
        #expect(Set(ratios.flatMap(\.keys)) == Set(positions.compactMap { $0["group"].text }))
        // The sandbox' accounts hold SPY and SPX.
        #expect(ratios.contains { Set($0.keys) == ["SPY", "SPX"] })
        for (group, ratios) in zip(groups, ratios) {
            let held = positions.filter { ratios[$0["group"].text ?? "?"] != nil }
            let delta = held.reduce(0) {
                $0 + ($1["positionGreeks"]["delta"].double ?? .nan) * (ratios[$1["group"].text ?? "?"] ?? .nan)
            }
            let dollars = held.reduce(0) { $0 + ($1["moneyGreeks"]["dollarDelta"].double ?? .nan) }
            let comment = Comment(rawValue: group["symbol"].text ?? "?")
            #expect(Self.near(group["delta"].double, delta), comment)
            #expect(Self.near(group["dollarDelta"].double, dollars, scale: 1e6), comment)
        }
    }

    /// By the underlying's symbol; 1 for one that stands alone.
    private static func ratios(_ group: JSON) -> [String: Double] {
        let members = group["members"].items
        guard !members.isEmpty else { return [group["symbol"].text ?? "?": 1] }
        return Dictionary(
            members.map { ($0["symbol"].text ?? "?", $0["ratio"]["value"].double ?? .nan) },
            uniquingKeysWith: { first, _ in first })
    }

    static func near(_ value: Double?, _ expected: Double, scale: Double = 1) -> Bool {
        guard let value else { return false }
        return abs(value - expected) <= 1e-9 * max(scale, abs(expected))
    }
}
