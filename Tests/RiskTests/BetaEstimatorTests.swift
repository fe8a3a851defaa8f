import PortfolioModel
import Risk
import Testing

struct BetaEstimatorTests {
    private let share = Instrument(
        id: InstrumentID(raw: 1), terms: InstrumentTerms(kind: .equity, symbol: "XYZ"), underlying: nil)
    private let rupeeShare = Instrument(
        id: InstrumentID(raw: 2), terms: InstrumentTerms(kind: .equity, symbol: "RELIANCE", currency: .inr),
        underlying: nil)
    private let index = InstrumentID(raw: 3)
    /// A Monday.
    private let monday = CalendarDate(dayNumber: 20_598)

    private func price(_ id: InstrumentID, _ date: CalendarDate, _ close: Double) -> DailyPrice {
        DailyPrice(
            instrument: id, date: date, close: FixedDecimal(approximating: close) ?? 1, source: "tastytrade",
            asOf: Timestamp(seconds: date.dayNumber * 86_400))
    }

    /// Daily closes over so many weeks: the index by `move`, the share by `beta` times that and `noise`.
    private func history(weeks: Int, beta: Double, noise: (Int) -> Double = { _ in 0 }) -> [DailyPrice] {
        var rows: [DailyPrice] = []
        var (market, own) = (5000.0, 100.0)
        for week in 0..<weeks {
            // Moves within a week must not matter: only its last day counts.
            for day in 0..<5 {
                let date = monday.adding(days: week * 7 + day)
                let factor = day == 4 ? 1.0 : 1 + 0.01 * Double(day)
                if day == 4 {
                    let move = 0.01 * Double([3, -2, 1, -1, 2, -3][week % 6])
                    market *= 1 + move
                    own *= 1 + beta * move + noise(week)
                }
                rows += [price(index, date, market * factor), price(share.id, date, own / factor)]
            }
        }
        return rows
    }

    private func estimator(_ rows: [DailyPrice], fx: FXHistory = FXHistory(), weeks: Int = 104) -> BetaEstimator {
        BetaEstimator(
            history: PriceHistory(rows), fx: fx, index: index, indexCurrency: .usd, weeks: weeks)
    }

    @Test func beta_isTheSlopeOfWeeklyReturns() throws {
        let figure = estimator(history(weeks: 60, beta: 1.5)).beta(of: share, through: monday.adding(days: 500))
        let beta = try #require(figure.value)
        #expect(abs(beta.value - 1.5) < 1e-6)
        #expect(try #require(beta.standardError) < 1e-6)
        #expect(beta.returns == 59)
        #expect(beta.last == monday.adding(days: 59 * 7 + 4))
        #expect(figure.source == "returns")
        #expect(figure.asOf == Timestamp(seconds: (monday.dayNumber + 59 * 7 + 4) * 86_400))
    }

    /// Beside the textbook formula over the same returns.
    @Test func standardError_isThatOfLeastSquares() throws {
        let rows = history(weeks: 61, beta: 0.8) { $0 % 2 == 0 ? 0.004 : -0.004 }
        let beta = try #require(estimator(rows).beta(of: share, through: monday.adding(days: 500)).value)
        var (xs, ys): ([Double], [Double]) = ([], [])
        for week in 1..<61 {
            let move = 0.01 * Double([3, -2, 1, -1, 2, -3][week % 6])
            xs.append(move)
            ys.append(0.8 * move + (week % 2 == 0 ? 0.004 : -0.004))
        }
        let (meanX, meanY) = (xs.reduce(0, +) / 60, ys.reduce(0, +) / 60)
        let xx = xs.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let slope = zip(xs, ys).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / xx
        let rest = zip(xs, ys).reduce(0) { sum, point in
            let residual = point.1 - meanY - slope * (point.0 - meanX)
            return sum + residual * residual
        }
        #expect(abs(beta.value - slope) < 1e-6)
        #expect(abs(try #require(beta.standardError) - (rest / 58 / xx).squareRoot()) < 1e-6)
        #expect(try #require(beta.standardError) > 0.001)
    }

    @Test func beta_isUnknownWithTheDaysThereAre_whenHistoryIsShort() throws {
        let figure = estimator(history(weeks: 20, beta: 1)).beta(of: share, through: monday.adding(days: 500))
        #expect(figure.value == nil)
        #expect(figure.reason == "19 weekly returns with the index of 26 needed (100 days of prices)")
        let nothing = estimator([]).beta(of: share, through: monday)
        #expect(nothing.reason == "0 weekly returns with the index of 26 needed (0 days of prices)")
    }

    @Test func asOf_usesNothingLater_andTheWindowBounds() throws {
        let rows = history(weeks: 120, beta: 1.2)
        let early = estimator(rows).beta(of: share, through: monday.adding(days: 40 * 7))
        #expect(early.value?.returns == 39)
        let bounded = estimator(rows, weeks: 52).beta(of: share, through: monday.adding(days: 2000))
        #expect(bounded.value?.returns == 52)
        #expect(bounded.value?.first == monday.adding(days: 67 * 7 + 4))
    }

    @Test func aWeekWithoutPrices_leavesAReturnOut_ratherThanSpanningIt() throws {
        let gap = (monday.adding(days: 70)...monday.adding(days: 76))
        let rows = history(weeks: 60, beta: 1.5).filter { !gap.contains($0.date) }
        let beta = try #require(estimator(rows).beta(of: share, through: monday.adding(days: 500)).value)
        #expect(beta.returns == 57)
        #expect(abs(beta.value - 1.5) < 1e-6)
    }

    @Test func aConfiguredBeta_standsInsteadOfAComputedOne() throws {
        var own = estimator(history(weeks: 60, beta: 1.5))
        own.overrides = ["XYZ": 2.1]
        let figure = own.beta(of: share, through: monday)
        #expect(figure.value == Beta(value: 2.1))
        #expect(figure.source == "config")
    }

    @Test func returns_areInOneCurrency() throws {
        // In rupees the share follows the index; the rupee falls and rises against the dollar with it too.
        var rows = history(weeks: 60, beta: 1)
        var rates: [DailyFXRate] = []
        for row in rows where row.instrument == index {
            let dollars = row.close.doubleValue * row.close.doubleValue
            let rate = FixedDecimal(approximating: row.close.doubleValue / 50) ?? 1
            rows.append(price(rupeeShare.id, row.date, dollars * (row.close.doubleValue / 50) / 1000))
            rates.append(
                DailyFXRate(
                    date: row.date,
                    rate: FXRate(base: .usd, quote: .inr, rate: rate, asOf: row.asOf, source: "ecb")))
        }
        let through = monday.adding(days: 500)
        let beta = try #require(estimator(rows, fx: FXHistory(rates)).beta(of: rupeeShare, through: through).value)
        // In dollars the price is the index squared: a beta of 2, less a little curvature.
        #expect(abs(beta.value - 2) < 0.01)
        let without = estimator(rows).beta(of: rupeeShare, through: through)
        #expect(without.value == nil)
    }

    @Test func theIndexItself_hasABetaOfOne() throws {
        let itself = Instrument(id: index, terms: InstrumentTerms(kind: .index, symbol: "SPX"), underlying: nil)
        let beta = try #require(
            estimator(history(weeks: 60, beta: 1.5)).beta(of: itself, through: monday.adding(days: 500)).value)
        #expect(abs(beta.value - 1) < 1e-12)
    }
}
