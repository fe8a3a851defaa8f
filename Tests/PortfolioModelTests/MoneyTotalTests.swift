import PortfolioModel
import Testing

struct MoneyTotalTests {
    private let early = Timestamp(seconds: 100)
    private let late = Timestamp(seconds: 200)

    @Test func total_takesTheWorstStateAndTheOldestTime() throws {
        var total = MoneyTotal(.usd)
        try total.add(MoneyFigure(.confirmed(2, asOf: late, source: "a"), .usd), named: "a")
        #expect(total.figure.amount.state == .confirmed)
        try total.add(MoneyFigure(.stale(3, asOf: early, source: "b"), .usd), named: "b")
        #expect(total.figure.amount.value == 5)
        #expect(total.figure.amount.state == .stale)
        #expect(total.figure.amount.asOf == early)
    }

    @Test func total_isUnknown_andKeepsWhatIsKnown_whenAPartIsMissing() throws {
        var total = MoneyTotal(.usd)
        try total.add(MoneyFigure(.confirmed(2, asOf: late, source: "a"), .usd), named: "a")
        try total.add(.unknown("no price", .usd), named: "b")
        try total.add(MoneyFigure(.confirmed(7, asOf: late, source: "c"), .inr), named: "c")
        #expect(total.figure.amount.value == nil)
        #expect(total.figure.amount.state == .unknown)
        #expect(total.known == 2)
        #expect(total.missing == ["b", "c"])
    }

    @Test func total_ofNothing_isZero() { #expect(MoneyTotal(.usd).figure.amount.value == 0) }

    @Test func figure_losesItsValue_whenItBecomesUnknown() {
        let figure = Figure.confirmed(5, asOf: late, source: "a")
        #expect(figure.degraded(to: .stale).value == 5)
        #expect(figure.degraded(to: .unknown).value == nil)
        #expect(Figure.stale(5, asOf: late, source: "a").degraded(to: .confirmed).state == .stale)
        #expect(Figure<Int>.unknown("why").map { $0 + 1 }.reason == "why")
    }
}
