import PortfolioModel
import Risk
import Testing

struct EdgeTrackerTests {
    /// A book with 10 shares and a call sold, all figures confirmed.
    private struct Desk {
        var maker: BookMaker
        let share: InstrumentID
        let call: InstrumentID

        init(at now: Timestamp = BookMaker.open) {
            maker = BookMaker(now: now)
            share = maker.share("XYZ")
            call = maker.option("XYZ", on: "XYZ", "100", .call)
            maker.hold(share, "10", at: "90")
            maker.hold(call, "-1", at: "4")
            speak()
        }

        mutating func speak() {
            maker.trade(share, "100", previous: "99")
            maker.quote(call, "3.90", "4.10")
            maker.greeks(call, 0.5, 0.02, -0.05, 0.1)
        }

        func key(_ id: InstrumentID) -> PositionKey { PositionKey(BookMaker.account, id) }
    }

    private func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    @Test func theFirstLook_isAnEdgeOfEachPosition_withItsFigures() throws {
        let desk = Desk()
        var tracker = EdgeTracker()
        let edges = tracker.edges(with: desk.maker.view())
        #expect(edges.map(\.kind) == [.start, .start])
        let call = try #require(edges.first { $0.position == desk.key(desk.call) })
        #expect(call.quantity == -1)
        #expect(call.mark == 4)
        #expect(call.underlyingPrice == 100)
        #expect(call.delta == 0.5 && call.vega == 0.1 && call.volatility == 0.2)
        #expect(call.fx == 1)
        #expect(call.state == .confirmed)
        #expect(call.greeksSource == "tastytrade")
        #expect(tracker.edges(with: desk.maker.view()).isEmpty)
    }

    @Test func eachChangeOfQuantity_isAnEdge_alsoFlatAndReopenedBetweenTwoLooks() throws {
        var desk = Desk()
        var tracker = EdgeTracker()
        _ = tracker.edges(with: desk.maker.view())
        let key = desk.key(desk.share)
        let times = (1...3).map { desk.maker.now.adding(.seconds($0)) }
        tracker.observe(key, quantity: 15, at: times[0])
        tracker.observe(key, quantity: 15, at: times[1])
        tracker.observe(key, quantity: .zero, at: times[1])
        desk.maker.now = times[2]
        desk.maker.hold(desk.share, "4", at: "101")
        let edges = tracker.edges(with: desk.maker.view())
        #expect(edges.map(\.kind) == [.fill, .fill, .fill])
        #expect(edges.map(\.quantity) == [15, 0, 4])
        #expect(edges.map(\.at) == times)
        #expect(edges.allSatisfy { $0.mark == 100 })
    }

    @Test func aPositionThatIsClosed_hasTheLastFiguresKnownOfIt() throws {
        var desk = Desk()
        var tracker = EdgeTracker()
        _ = tracker.edges(with: desk.maker.view())
        let key = desk.key(desk.call)
        tracker.observe(key, quantity: .zero, at: desk.maker.now.adding(.seconds(1)))
        desk.maker.apply([.positionClosed(key)])
        let edge = try #require(tracker.edges(with: desk.maker.view()).first)
        #expect(edge.quantity == 0 && edge.mark == 4 && edge.delta == 0.5 && edge.kind == .fill)
        #expect(tracker.edges(with: desk.maker.view()).isEmpty)
    }

    @Test func anEdge_waitsForItsFigures_andIsKeptWithoutThemInTheEnd() throws {
        var desk = Desk()
        var tracker = EdgeTracker()
        _ = tracker.edges(with: desk.maker.view())
        let put = desk.maker.option("XYZ", on: "XYZ", "90", .put)
        desk.maker.hold(put, "1", at: "2")
        let bought = desk.maker.now
        #expect(tracker.edges(with: desk.maker.view()).isEmpty)
        desk.maker.now = bought.adding(.seconds(119))
        desk.speak()
        #expect(tracker.edges(with: desk.maker.view()).isEmpty)
        desk.maker.now = bought.adding(.seconds(120))
        let edge = try #require(tracker.edges(with: desk.maker.view()).first)
        #expect(edge.at == bought && edge.kind == .fill && edge.quantity == 1)
        #expect(edge.mark == nil && edge.delta == nil && edge.state == .unknown)
    }

    /// Row 17 of the fault matrix: over both changes of the clocks each session has one open and one close.
    @Test func sessions_haveOneOpenAndOneClose_overBothChangesOfTheClocks() throws {
        let calendar = ExchangeCalendar.newYork
        for (from, days) in [("2026-03-04T00:00:00Z", 8), ("2026-10-28T00:00:00Z", 8)] {
            var desk = Desk(at: try instant(from))
            var tracker = EdgeTracker()
            var edges = tracker.edges(with: desk.maker.view())
            for minute in 1...(days * 24 * 60 / 10) {
                desk.maker.now = try instant(from).adding(.seconds(minute * 600 + 7))
                desk.speak()
                edges += tracker.edges(with: desk.maker.view())
            }
            for kind in [ValuationEdge.Kind.open, .close] {
                let dates = edges.filter { $0.kind == kind && $0.position == desk.key(desk.share) }
                    .map { calendar.zone.date(of: $0.at) }
                let first = calendar.zone.date(of: try instant(from))
                let expected = (1..<days).map { first.adding(days: $0) }.filter(calendar.isSession)
                #expect(dates.filter { $0 > first && $0 < first.adding(days: days) } == expected)
                #expect(Set(dates).count == dates.count)
            }
        }
    }

    /// 2026-11-18: Mumbai closes at 10:00 UTC, MCX at 18:25, New York at 21:00.
    @Test func rupees_haveTheirEdges_atTheSessionsOfTheirOwnExchange() throws {
        let start = try instant("2026-11-18T03:00:00Z")
        var desk = Desk(at: start)
        let shares = desk.maker.share("RELIANCE", currency: .inr)
        let gold = desk.maker.instrument(
            InstrumentTerms(kind: .future, symbol: "GOLD26DECFUT", currency: .inr, listing: "MCX"))
        desk.maker.hold(shares, "10")
        desk.maker.hold(gold, "1")
        var tracker = EdgeTracker()
        _ = tracker.edges(with: desk.maker.view())
        var edges: [ValuationEdge] = []
        for minute in 1...(20 * 60) {
            desk.maker.now = start.adding(.seconds(minute * 60))
            desk.speak()
            desk.maker.trade(shares, "1440")
            desk.maker.trade(gold, "80000")
            edges += tracker.edges(with: desk.maker.view())
        }
        func times(_ id: InstrumentID) -> [String] {
            edges.filter { $0.position == desk.key(id) && $0.kind != .start }
                .map { "\($0.kind) \($0.at.description.prefix(16))" }
        }
        #expect(times(shares) == ["open 2026-11-18T03:45", "close 2026-11-18T10:00"])
        #expect(times(gold) == ["open 2026-11-18T03:30", "close 2026-11-18T18:25"])
        #expect(times(desk.share) == ["open 2026-11-18T14:30", "close 2026-11-18T21:00"])
    }

    @Test func anEdge_keepsTheAveragePrice_ofItsOwnQuantity() throws {
        var desk = Desk()
        var tracker = EdgeTracker()
        let first = tracker.edges(with: desk.maker.view())
        #expect(first.map(\.averageOpenPrice) == [90, 4])
        // Two purchases between looks: the account's average is the second one's.
        let key = desk.key(desk.share)
        tracker.observe(key, quantity: 15, at: desk.maker.now.adding(.seconds(1)))
        tracker.observe(key, quantity: 20, at: desk.maker.now.adding(.seconds(2)))
        desk.maker.hold(desk.share, "20", at: "95")
        #expect(tracker.edges(with: desk.maker.view()).map(\.averageOpenPrice) == [nil, 95])
    }

    @Test func aSessionsEdge_isNotRepeatedAfterARestart_norTakenLongAfter() throws {
        let hours = try #require(ExchangeCalendar.newYork.hours(on: BookMaker.today))
        func kinds(_ at: Timestamp, lastClose: Timestamp?) -> Set<ValuationEdge.Kind> {
            let desk = Desk(at: at)
            var tracker = EdgeTracker(
                lastOpen: [desk.share: hours.open], lastClose: lastClose.map { [desk.share: $0] } ?? [:])
            return Set(tracker.edges(with: desk.maker.view()).map(\.kind))
        }
        let justAfter = hours.close.adding(.seconds(10))
        #expect(kinds(justAfter, lastClose: nil) == [.start, .close])
        #expect(kinds(justAfter, lastClose: hours.close.adding(.seconds(2))) == [.start])
        #expect(kinds(hours.close.adding(.seconds(3600)), lastClose: nil) == [.start])
        #expect(kinds(hours.open.adding(.seconds(1)), lastClose: nil) == [.start])
    }
}
