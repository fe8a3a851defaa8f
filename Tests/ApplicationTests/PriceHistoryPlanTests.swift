import BrokerKit
import PortfolioModel
import Testing

@testable import Application

struct PriceHistoryPlanTests {
    private let today = CalendarDate(dayNumber: 20_777)

    private func request(_ handle: MarketHandle) -> MarketDataRequest {
        MarketDataRequest(handle: handle, symbol: VenueSymbol("S\(handle)"), kind: .etf)
    }

    @Test func newInstruments_areReadWhole_andKnownOnesFromTheirLastDays() {
        let plan = PriceHistoryPlan()
        let held = [InstrumentID(raw: 2): today.adding(days: -1), InstrumentID(raw: 3): today.adding(days: -5)]
        let batches = plan.due([1, 2, 3].map(request), held: held, today: today)
        #expect(
            batches == [
                .init(from: today.adding(days: -740), requests: [request(1)]),
                .init(from: today.adding(days: -15), requests: [request(2), request(3)]),
            ])
        let old = [InstrumentID(raw: 1): today.adding(days: -3000)]
        #expect(plan.due([request(1)], held: old, today: today).map(\.from) == [today.adding(days: -740)])
    }

    @Test func aSeriesThatIsRestated_isReadWholeOnce() {
        func price(_ id: UInt32, _ offset: Int, _ close: FixedDecimal) -> DailyPrice {
            DailyPrice(
                instrument: InstrumentID(raw: id), date: today.adding(days: offset), close: close,
                source: "tastytrade", asOf: Timestamp(seconds: 0))
        }
        let before = [price(1, -2, 100), price(1, -1, 102), price(2, -1, 1000)]
        // Four for one; a correction of a tick; a day that is new.
        let after = [price(1, -2, 25), price(1, -1, 102), price(2, -1, 1001), price(2, 0, 5)]
        let restated = PriceHistoryPlan.restated(from: before, to: after)
        #expect(restated == [InstrumentID(raw: 1)])
        var plan = PriceHistoryPlan()
        let held = [InstrumentID(raw: 1): today, InstrumentID(raw: 2): today]
        for batch in plan.due([request(1), request(2)], held: held, today: today) { plan.answered(batch, today: today) }
        plan.restart(restated)
        let again = plan.due([request(1), request(2)], held: held, today: today)
        #expect(again == [.init(from: today.adding(days: -740), requests: [request(1)])])
        for batch in again { plan.answered(batch, today: today) }
        #expect(plan.due([request(1), request(2)], held: held, today: today).isEmpty)
        #expect(
            plan.due([request(1)], held: held, today: today.adding(days: 1)).map(\.from) == [today.adding(days: -10)])
    }

    @Test func whatWasAnswered_isAskedForAgainTheNextDayOnly_andANewPositionAtOnce() {
        var plan = PriceHistoryPlan()
        for batch in plan.due([request(1)], held: [:], today: today) { plan.answered(batch, today: today) }
        #expect(plan.due([request(1)], held: [:], today: today).isEmpty)
        #expect(plan.due([request(1), request(2)], held: [:], today: today).map(\.requests) == [[request(2)]])
        #expect(plan.due([request(1)], held: [:], today: today.adding(days: 1)).count == 1)
    }
}
