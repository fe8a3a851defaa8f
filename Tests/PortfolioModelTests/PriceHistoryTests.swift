import PortfolioModel
import Testing

struct PriceHistoryTests {
    private let at = Timestamp(seconds: 1_795_000_000)
    private let share = InstrumentID(raw: 1)
    private let index = InstrumentID(raw: 2)

    private func day(_ offset: Int) -> CalendarDate { CalendarDate(dayNumber: 20_000 + offset) }

    private func price(
        _ id: InstrumentID, _ offset: Int, _ close: FixedDecimal, _ source: String = "tastytrade", hours: Int = 0
    ) -> DailyPrice {
        DailyPrice(
            instrument: id, date: day(offset), close: close, source: source, asOf: at.adding(.seconds(hours * 3600)))
    }

    @Test func closes_areAlignedOnCommonDates_whateverTheOrder() {
        let rows =
            [0, 1, 2, 4].map { price(share, $0, FixedDecimal(100 + $0)) }
            + [1, 3, 4].map { price(index, $0, FixedDecimal(5000 + $0)) }
        let history = PriceHistory(rows.reversed())
        #expect(history.instruments == [share, index])
        #expect(history.commonDates(of: [share, index]) == [day(1), day(4)])
        let aligned = history.aligned([share, index])
        #expect(aligned.dates == [day(1), day(4)])
        #expect(aligned[share] == [101, 104])
        #expect(aligned[index] == [5001, 5004])
        #expect(history.aligned([share, InstrumentID(raw: 9)]).dates.isEmpty)
        #expect(history.commonDates(of: []).isEmpty)
    }

    @Test func aDaysClose_isTheBestSources() {
        let rows = [
            price(share, 0, 1, "snapshot", hours: 9), price(share, 0, 2, "tastytrade"),
            price(share, 0, 3, "file:a.csv"),
            price(share, 1, 4, "snapshot"), price(share, 1, 5, "tastytrade"),
            price(share, 2, 6, "tastytrade"), price(share, 2, 7, "tastytrade", hours: 1), price(share, 3, 0),
        ]
        for order in [rows, rows.reversed()] {
            let history = PriceHistory(order)
            #expect(history.prices(of: share).map(\.close) == [3, 5, 7])
            #expect(history.close(of: share, on: day(3)) == nil)
        }
    }

    @Test func latest_isTheLastOnOrBefore_andNeverAfter() {
        let history = PriceHistory([1, 3, 7].map { price(share, $0, FixedDecimal($0)) })
        let found = (0...8).map { history.latest(of: share, onOrBefore: day($0))?.close }
        #expect(found == [nil, 1, 1, 3, 3, 3, 3, 7, 7])
        #expect(history.latest(of: index, onOrBefore: day(8)) == nil)
    }
}

struct FXHistoryTests {
    private func rate(_ quote: Currency, _ date: CalendarDate, _ rate: FixedDecimal, _ source: String = "ecb")
        -> DailyFXRate
    {
        let at = Timestamp(seconds: date.dayNumber * 86_400 + 54_000)
        return DailyFXRate(date: date, rate: FXRate(base: .eur, quote: quote, rate: rate, asOf: at, source: source))
    }

    private func day(_ offset: Int) -> CalendarDate { CalendarDate(dayNumber: 20_000 + offset) }

    @Test func aRate_isTheLastOnOrBeforeTheDate_andStaleWhenThatIsLongAgo() throws {
        let history = FXHistory([rate(.usd, day(0), 1), rate(.usd, day(1), 2), rate(.inr, day(1), 170)])
        #expect(history.dates == [day(0), day(1)])
        #expect(history.rate(from: .eur, to: .usd, on: day(-1)).reason == "no EUR/USD rate")
        #expect(history.rate(from: .eur, to: .usd, on: day(0)).value == 1)
        #expect(history.rate(from: .usd, to: .inr, on: day(0)).state == .unknown)
        let cross = history.rate(from: .usd, to: .inr, on: day(3))
        #expect(cross.value == 85)
        #expect(cross.source == "ecb via EUR")
        #expect(cross.state == .confirmed)
        #expect(history.rate(from: .usd, to: .inr, on: day(6)).state == .stale)
        #expect(history.rates(from: .eur, to: .usd, on: [day(1), day(0)]).map(\.value) == [2, 1])
        #expect(FXHistory().rate(from: .usd, to: .usd, on: day(0)).value == 1)
    }

    @Test func ofOneDayAndSource_theLaterReadingCounts_andPrecedenceBetweenSources() {
        var late = rate(.usd, day(0), 3)
        late.rate.asOf = late.rate.asOf.adding(.seconds(60))
        for order in [[rate(.usd, day(0), 2), late], [late, rate(.usd, day(0), 2)]] {
            #expect(FXHistory(order).rate(from: .eur, to: .usd, on: day(0)).value == 3)
        }
        let two = [rate(.usd, day(0), 2), rate(.usd, day(0), 4, "config"), rate(.usd, day(0), 0, "tastytrade")]
        #expect(FXHistory(two).rate(from: .eur, to: .usd, on: day(0)).value == 2)
    }
}
