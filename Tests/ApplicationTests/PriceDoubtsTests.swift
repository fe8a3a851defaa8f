import PortfolioModel
import Testing

@testable import Application

struct PriceDoubtsTests {
    /// A Monday.
    private let monday = CalendarDate(dayNumber: 20_766)

    private func master() -> InstrumentMaster {
        var master = InstrumentMaster()
        _ = master.resolve(InstrumentTerms(kind: .etf, symbol: "SPY"), on: monday)
        _ = master.resolve(
            InstrumentTerms(kind: .equity, symbol: "INFY", currency: .inr, listing: "NSE"), on: monday)
        return master
    }

    private func price(_ day: Int, _ close: FixedDecimal, _ source: String, instrument: UInt32 = 1) -> DailyPrice {
        DailyPrice(
            instrument: InstrumentID(raw: instrument), date: monday.adding(days: day), close: close, source: source,
            asOf: Timestamp(seconds: (monday.dayNumber + day) * 86_400))
    }

    private func doubts(_ closes: [(day: Int, close: FixedDecimal)], held: [DailyPrice] = []) -> [PriceDoubts.Doubt] {
        let rows = closes.enumerated().map {
            PriceDoubts.Row(line: $0.offset + 2, price: price($0.element.day, $0.element.close, "file:a.csv"))
        }
        return PriceDoubts(rows, held: held).all(in: master())
    }

    @Test func aClose_isDoubted_whenItIsFarFromBothNeighbours() {
        let held = [price(0, 570, "tastytrade"), price(1, 571, "tastytrade"), price(2, 572, "tastytrade")]
        let found = doubts([(1, 5)], held: held)
        #expect(found.map(\.line) == [2] && found.map(\.field) == ["close"])
        let (before, after) = (monday, monday.adding(days: 2))
        #expect(
            found.first?.message
                == "SPY closes at 5 on \(monday.adding(days: 1)), beside 570 on \(before) and 572 on \(after)")
        #expect(doubts([(1, 600)], held: held).isEmpty)
        #expect(doubts([(3, 1200)], held: held).count == 1, "the latest has one neighbour")
    }

    @Test func aLevel_isNotDoubted_whenTheFileStaysThere() {
        #expect(doubts([(0, 100), (1, 101), (2, 25), (3, 26), (4, 25)]).isEmpty)
        #expect(doubts([(0, 100)]).isEmpty, "nothing to compare with")
    }

    @Test func aDate_isDoubted_whenTheCalendarMayLackASession() {
        let row = PriceDoubts.Row(line: 7, price: price(6, 1500, "file:a.csv", instrument: 2))
        let found = PriceDoubts([row], held: []).all(in: master())
        #expect(found.map(\.line) == [7] && found.map(\.field) == ["date"])
    }
}
