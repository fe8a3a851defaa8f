import PortfolioModel
import Risk
import Testing

struct MarkingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var kind: InstrumentKind = .equity
        var isClosed = false
        var bid: String?
        var ask: String?
        var last: String?
        var lastAge = 0
        var close: String?
        var previous: String?
        var broker: String?
        var isLive = true
        var silence = 0
        var mark: String?
        var rule: Mark.Rule
        var state: FigureState

        var testDescription: String { name }
    }

    static let shares: [Case] = [
        Case(name: "inside", bid: "9", ask: "11", last: "10", mark: "10", rule: .lastInQuote, state: .confirmed),
        Case(name: "clipped", bid: "9", ask: "11", last: "14", mark: "11", rule: .lastInQuote, state: .confirmed),
        Case(name: "last alone", last: "10", mark: "10", rule: .last, state: .confirmed),
        Case(name: "crossed", bid: "12", ask: "11", last: "10", mark: "10", rule: .last, state: .confirmed),
        Case(name: "0/0", bid: "0", ask: "0", last: "10", mark: "10", rule: .last, state: .confirmed),
        Case(
            name: "old last", bid: "9.99", ask: "10.01", last: "14", lastAge: 90_000, mark: "10", rule: .mid,
            state: .confirmed),
        Case(
            name: "silent", bid: "9", ask: "11", last: "10", silence: 901, mark: "10", rule: .lastInQuote, state: .stale
        ),
        Case(
            name: "at the limit", bid: "9", ask: "11", last: "10", silence: 900, mark: "10", rule: .lastInQuote,
            state: .confirmed),
        Case(
            name: "feed down", bid: "9", ask: "11", last: "10", isLive: false, mark: "10", rule: .lastInQuote,
            state: .stale),
        Case(
            name: "closed", isClosed: true, bid: "1", ask: "90", last: "10", lastAge: 60_000, close: "10.5",
            mark: "10.5",
            rule: .close, state: .confirmed),
        Case(
            name: "closed, no close yet", isClosed: true, last: "10", lastAge: 60_000, mark: "10", rule: .last,
            state: .confirmed),
        Case(name: "prior close", previous: "8", mark: "8", rule: .priorClose, state: .stale),
        Case(name: "broker", broker: "7", mark: "7", rule: .brokerMark, state: .confirmed),
        Case(name: "nothing", rule: .unknown, state: .unknown),
        Case(name: "fund", kind: .fund, broker: "1", mark: "1", rule: .brokerMark, state: .confirmed),
        Case(name: "NAV", kind: .fund, close: "20.5", broker: "1", mark: "20.5", rule: .nav, state: .confirmed),
    ]

    static let options: [Case] = [
        Case(name: "mid", bid: "2", ask: "2.1", mark: "2.05", rule: .mid, state: .confirmed),
        Case(name: "locked", bid: "2", ask: "2", mark: "2", rule: .mid, state: .confirmed),
        Case(name: "no bid", bid: "0", ask: "0.05", mark: "0.025", rule: .halfAsk, state: .confirmed),
        Case(
            name: "0/0", bid: "0", ask: "0", last: "2", previous: "1.5", mark: "1.5", rule: .priorClose, state: .stale),
        Case(
            name: "crossed", bid: "3", ask: "2", last: "2.5", previous: "1.5", mark: "1.5", rule: .priorClose,
            state: .stale),
        Case(
            name: "wide, last inside", bid: "1", ask: "9", last: "4", mark: "4", rule: .lastInQuote, state: .confirmed),
        Case(
            name: "wide, last outside", bid: "1", ask: "9", last: "12", previous: "3", mark: "3", rule: .priorClose,
            state: .stale),
        Case(
            name: "wide, last of yesterday", bid: "1", ask: "9", last: "4", lastAge: 90_000, broker: "3.3", mark: "3.3",
            rule: .brokerMark, state: .confirmed),
        Case(name: "last without quote", last: "4", previous: "3", mark: "3", rule: .priorClose, state: .stale),
        Case(name: "closed", isClosed: true, bid: "2", ask: "2.1", mark: "2.05", rule: .mid, state: .confirmed),
        Case(name: "nothing", rule: .unknown, state: .unknown),
    ]

    @Test(arguments: shares)
    func mark_ofAShare_followsTheRule(_ example: Case) throws {
        var maker = BookMaker(now: example.isClosed ? BookMaker.closed : BookMaker.open)
        try check(example, maker.share("XYZ", kind: example.kind), &maker)
    }

    @Test(arguments: options)
    func mark_ofAnOption_followsTheRule(_ example: Case) throws {
        var maker = BookMaker(now: example.isClosed ? BookMaker.closed : BookMaker.open)
        try check(example, maker.option("XYZ", on: "XYZ", "100", .call), &maker)
    }

    private func check(_ example: Case, _ id: InstrumentID, _ maker: inout BookMaker) throws {
        let now = maker.now
        maker.hold(id, "1", brokerMark: example.broker)
        maker.now = now.adding(.seconds(-example.silence))
        let lastAt = maker.now.adding(.seconds(-example.lastAge))
        maker.market {
            if example.bid != nil || example.ask != nil {
                $0.quotes.append(
                    QuoteEvent(
                        instrument: id.raw, bid: WireDecimal(example.bid.map(decimal)),
                        ask: WireDecimal(example.ask.map(decimal))))
            }
            if let last = example.last {
                $0.trades.append(TradeEvent(instrument: id.raw, price: WireDecimal(decimal(last)), time: lastAt))
            }
            if example.close != nil || example.previous != nil {
                $0.summaries.append(
                    SummaryEvent(
                        instrument: id.raw, close: WireDecimal(example.close.map(decimal)),
                        previousClose: WireDecimal(example.previous.map(decimal))))
            }
        }
        if !example.isLive { maker.apply([.feedSilent(BookMaker.feed)]) }
        maker.now = now
        let mark = try #require(maker.view(RiskSettings()).row(id)).mark
        #expect(mark.value.value == example.mark.map(decimal))
        #expect(mark.rule == example.rule)
        #expect(mark.value.state == example.state)
        let source = example.rule == .unknown ? "" : "tastytrade"
        #expect(mark.value.source == source)
    }

    @Test func mark_ofAnOption_isTheModels_whenItsQuoteHasGone() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call)
        maker.hold(call, "1")
        maker.trade(share, "100")
        maker.quote(call, "2.95", "3.05")
        var engine = RiskEngine(book: maker.book, settings: RiskSettings(), now: maker.now)
        try engine.apply(
            maker.apply([
                .market(batch(call) { $0.quotes.append(QuoteEvent(instrument: call.raw, bid: .absent, ask: .absent)) })
            ]))
        let row = try #require(engine.view(at: maker.now).row(call))
        #expect(row.mark.rule == .model)
        #expect(row.mark.value.state == .stale)
        #expect(abs((row.mark.value.value?.doubleValue ?? 0) - 3) < 1e-6)
        #expect(row.unitGreeks.source == "carried")
        #expect(row.unitGreeks.state == .stale)
    }

    @Test func mark_ofAFileAccount_isTheLiveFeeds() throws {
        var maker = BookMaker()
        let file = AccountID("fidelity-1")
        let asOf = maker.now.adding(.seconds(-80_000))
        maker.add(Account(id: file, key: AccountKey(BrokerID("fidelity"), "Z123"), state: .confirmed, asOf: asOf))
        let share = maker.share("XYZ")
        maker.hold(share, "10", brokerMark: "8", in: file)
        let before = try #require(maker.view().row(share, in: file))
        #expect(before.mark.rule == .brokerMark)
        #expect(before.mark.value.source == "fidelity")
        maker.trade(share, "9")
        let after = try #require(maker.view().row(share, in: file))
        #expect(after.mark.value == .confirmed(9, asOf: maker.now, source: "tastytrade"))
        #expect(after.marketValue.native.amount.value == 90)
        #expect(after.state == .confirmed)
    }

    private func batch(_ id: InstrumentID, _ fill: (inout MarketBatch) -> Void) -> MarketBatch {
        var batch = MarketBatch(source: BookMaker.feed, receivedAt: BookMaker.open)
        fill(&batch)
        return batch
    }
}
