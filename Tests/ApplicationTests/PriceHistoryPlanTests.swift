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

    @Test func whatWasAnswered_isAskedForAgainTheNextDayOnly_andANewPositionAtOnce() {
        var plan = PriceHistoryPlan()
        for batch in plan.due([request(1)], held: [:], today: today) { plan.answered(batch, today: today) }
        #expect(plan.due([request(1)], held: [:], today: today).isEmpty)
        #expect(plan.due([request(1), request(2)], held: [:], today: today).map(\.requests) == [[request(2)]])
        #expect(plan.due([request(1)], held: [:], today: today.adding(days: 1)).count == 1)
    }
}
