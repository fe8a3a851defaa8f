import Alerts
import PortfolioModel
import Risk
import Testing

/// A quote that jumps by more than half while trades do not.
struct SpikeTests {
    private func mark(last: String, previous: String?, bid: String, ask: String) -> Mark? {
        var maker = BookMaker()
        let id = maker.share("ABC")
        maker.hold(id, "100")
        maker.trade(id, last, previous: previous)
        maker.quote(id, bid, ask)
        return maker.view().row(id)?.mark
    }

    @Test(arguments: [("200", "200.10"), ("151", "152"), ("49", "50"), ("0.01", "0.02"), ("99999", "100000")])
    func mark_staysWithTheLast_whenOnlyTheQuoteJumps(bid: String, ask: String) {
        let found = mark(last: "100", previous: "99", bid: bid, ask: ask)
        #expect(found?.value.value == 100)
        #expect(found?.rule == .last)
        let price = (found?.value.value).map { "\($0)" } ?? "unknown"
        print("row 14: a quote of \(bid) against a last of 100: mark \(price)")
    }

    @Test(arguments: [
        // Within half: a market that moves.
        ("100", "99", "140", "141", "140"),
        // The trade has jumped with the quote, or is the one that slipped.
        ("200", "99", "200", "201", "200"), ("200", "99", "98", "99", "99"),
    ])
    func mark_followsTheQuote_otherwise(last: String, previous: String, bid: String, ask: String, price: String) {
        #expect(mark(last: last, previous: previous, bid: bid, ask: ask)?.value.value == decimal(price))
    }

    /// Rules on the price, the position and the whole; trades that follow the quote raise all of them.
    @Test func alert_isRaisedByTrades_notByAQuoteThatJumpsAlone() throws {
        let rules = [
            ("mark", "position:ABC", "150"), ("dayPnL", "portfolio", "5000"), ("marketValue", "portfolio", "15000"),
        ]
        var engine = AlertEngine(
            rules: try rules.map { metric, scope, limit in
                try AlertRule(
                    name: metric, metric: metric, scope: scope, above: limit, below: nil, for: nil, clear: nil)
            })
        var maker = BookMaker()
        let id = maker.share("ABC")
        maker.hold(id, "100")
        maker.trade(id, "100", previous: "99")
        maker.quote(id, "100", "100.02")
        #expect(engine.evaluate(maker.view()).isEmpty)
        var raised = 0
        for second in 1...60 {
            maker.now = BookMaker.open.adding(.seconds(second))
            maker.quote(id, second % 2 == 0 ? "100" : "\(200 + second)", second % 2 == 0 ? "100.02" : "\(201 + second)")
            raised += engine.evaluate(maker.view()).count
        }
        #expect(raised == 0)
        print("row 14: 30 quotes at twice the price and more: \(raised) alerts of \(rules.count) rules")
        maker.trade(id, "200")
        maker.quote(id, "200", "200.02")
        #expect(engine.evaluate(maker.view()).count(where: { $0.kind == .raised }) == rules.count)
    }

    @Test func mark_followsTheQuote_whenNothingConfirmsTheLast() {
        #expect(mark(last: "100", previous: nil, bid: "200", ask: "201")?.value.value == 200)
    }
}
