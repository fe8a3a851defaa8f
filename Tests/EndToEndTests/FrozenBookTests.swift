import Foundation
import PortfolioModel
import Testing

/// The USD rows of the book that can be checked on paper, through real sockets, the service, its store and its CLI.
@Suite(.serialized)
struct FrozenBookTests {
    struct Row: Sendable {
        var match: String
        var open: FixedDecimal
        var day: FixedDecimal
        var value: FixedDecimal
        var delta: Double
        var dollarDelta: Double
        var theta: Double
        var vega: Double
    }

    /// Open P&L, day P&L, market value, position delta, dollar delta, theta, vega.
    static let rows = [
        Row(match: "SPY", open: 2000, day: 300, value: 60000, delta: 100, dollarDelta: 60000, theta: 0, vega: 0),
        Row(
            match: "SPY put 570", open: 484, day: 110, value: -1010, delta: 40, dollarDelta: 24000, theta: 30,
            vega: -100),
        Row(match: "ABC call 5", open: -200, day: 20, value: 300, delta: 6, dollarDelta: 360, theta: -1, vega: 1),
        Row(match: "/ES", open: 500, day: 1000, value: 0, delta: 50, dollarDelta: 300_500, theta: 0, vega: 0),
        Row(
            match: "/ES put 5900", open: -350, day: -100, value: 1650, delta: -12.5, dollarDelta: -75125, theta: -60,
            vega: 300),
    ]

    /// `SPY`, `/ES`, or underlying, right and strike.
    static func name(_ position: JSON) -> String {
        let instrument = position["instrument"]
        let symbol = (instrument["underlying"].text ?? instrument["symbol"].text ?? "")
        let root = symbol.hasPrefix("/ES") ? "/ES" : symbol
        guard let right = instrument["right"].text else { return root }
        return "\(root) \(right) \(instrument["strike"].decimal?.description ?? "?")"
    }

    @Test func frozenBook_isPrintedToTheCent_andMovesByDeltaAndGamma() async throws {
        try await withService(["--freeze", "S11"]) { demo, _ in
            let positions = try await demo.document("positions")["positions"].items
            #expect(positions.count == Self.rows.count)
            for row in Self.rows {
                let position = try #require(positions.first { Self.name($0) == row.match }, "\(row.match)")
                #expect(position["unrealizedPnL"]["base"]["amount"].decimal == row.open, "\(row.match) open")
                #expect(position["dayPnL"]["base"]["amount"].decimal == row.day, "\(row.match) day")
                #expect(position["marketValue"]["base"]["amount"].decimal == row.value, "\(row.match) value")
                let greeks = position["positionGreeks"]
                #expect(Self.near(greeks["delta"].double, row.delta), "\(row.match) delta")
                #expect(Self.near(greeks["dollarDelta"].double, row.dollarDelta), "\(row.match) dollar delta")
                #expect(Self.near(greeks["theta"].double, row.theta), "\(row.match) theta")
                #expect(Self.near(greeks["vega"].double, row.vega), "\(row.match) vega")
            }
            let totals = try await demo.document("status")["totals"]
            #expect(totals["unrealizedPnL"]["amount"].decimal == 2434)
            #expect(totals["dayPnL"]["amount"].decimal == 1330)
            #expect(totals["marketValue"]["amount"].decimal == 60940)
            #expect(totals["notional"]["amount"].decimal == 300_500)
            #expect(Self.near(Self.figure(totals["dollarDelta"]), 309_735))
            #expect(Self.near(Self.figure(totals["dollarGamma1pct"]), 10_867.25))
            #expect(Self.near(Self.figure(totals["theta"]), -31))
            #expect(Self.near(Self.figure(totals["vega"]), 201))
            try await moveByOne(demo)
        }
    }

    private func moveByOne(_ demo: Demo) async throws {
        let before = try #require(try await demo.document("status")["totals"]["marketValue"]["amount"].decimal)
        try await demo.venue.perform("move", ["symbol": "SPY", "by": 1.0])
        let spy = try await eventually("the moved price") {
            try await demo.document("positions")["positions"].items.first {
                Self.name($0) == "SPY" && $0["mark"]["value"].decimal == 601
            }
        }
        #expect(spy["marketValue"]["base"]["amount"].decimal == 60100)
        // 100 shares and 2 short puts: delta 140, gamma -2.
        let expected = 140.0 - 2.0 / 2
        let moved = try await eventually("the moved option") {
            let after = try await demo.document("status")["totals"]["marketValue"]["amount"].decimal
            let change = (after?.doubleValue ?? 0) - before.doubleValue
            return abs(change - expected) <= 0.01 * expected ? change : nil
        }
        #expect(abs(moved - expected) <= 0.01 * expected)
    }

    /// A total may be a plain number or a figure around one.
    static func figure(_ value: JSON) -> Double? {
        value.double ?? value["value"].double ?? value["amount"].decimal?.doubleValue
    }

    static func near(_ value: Double?, _ expected: Double) -> Bool {
        guard let value else { return false }
        return abs(value - expected) <= max(0.005, abs(expected) * 1e-9)
    }
}
