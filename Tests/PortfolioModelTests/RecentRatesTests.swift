import PortfolioModel
import Testing

struct RecentRatesTests {
    private let first = CalendarDate(dayNumber: 20_000)

    private func rate(_ value: Int, day: Int, hour: Int = 12, source: String = "ecb") -> FXRate {
        FXRate(
            base: .eur, quote: .usd, rate: FixedDecimal(value),
            asOf: Timestamp(seconds: (first.dayNumber + day) * 86_400 + hour * 3600), source: source)
    }

    private func value(_ rates: RecentRates, day: Int) -> FixedDecimal? {
        rates.table(on: first.adding(days: day), by: FXRules(), base: .usd).rate(from: .eur, to: .usd).value
    }

    @Test func theLastOfEachDay_counts_whateverTheOrder() {
        var rates = RecentRates()
        for one in [rate(4, day: 2), rate(1, day: 0), rate(3, day: 1, hour: 18), rate(2, day: 1, hour: 9)] {
            rates.take(one)
        }
        #expect([-1, 0, 1, 2, 3].map { value(rates, day: $0) } == [nil, 1, 3, 4, 4])
    }

    @Test func theOldestDay_makesRoom() {
        var rates = RecentRates()
        for day in 0...RecentRates.days { rates.take(rate(day + 1, day: day)) }
        #expect(value(rates, day: 0) == nil)
        #expect(value(rates, day: 1) == 2)
    }

    @Test func aRateThatWasOldThen_isStale_andAnotherSourceStandsIn() {
        var rates = RecentRates()
        rates.take(rate(1, day: 0, source: "tastytrade"))
        let old = rates.table(on: first.adding(days: 6), by: FXRules(), base: .usd).rate(from: .eur, to: .usd)
        #expect(old.state == .stale && old.value == 1)
        rates.take(rate(2, day: 5))
        #expect(value(rates, day: 6) == 2)
        #expect(value(rates, day: 4) == 1)
    }
}
