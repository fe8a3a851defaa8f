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

    @Test func mark_followsTheQuote_whenNothingConfirmsTheLast() {
        #expect(mark(last: "100", previous: nil, bid: "200", ask: "201")?.value.value == 200)
    }
}
