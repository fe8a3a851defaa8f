import Foundation
import PortfolioModel
import Pricing
import Risk
import Testing

/// The last five days of options that end near their strike, where Greeks change most.
struct NearExpiryTests {
    private static let key = PositionKey(BookMaker.account, InstrumentID(raw: 1))
    private static let start = Timestamp("2026-11-09T21:00:00Z") ?? Timestamp(seconds: 0)

    private struct Point {
        var hours: Double
        var spot: Double
        var volatility: Double
    }

    /// Opens and closes of four sessions: prices by 1 % a day, volatilities by half a point to one.
    private func path(_ random: inout RandomBook) -> [Point] {
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next(below: 1_000_000)) / 1e6 }
        }
        var point = Point(hours: 0, spot: 100, volatility: 0.2)
        var points = [point]
        for _ in 0..<4 {
            for (hours, share) in [(17.5, 0.5), (6.5, 0.87)] {
                let shock = normal()
                point.hours += hours
                point.spot *= exp(0.01 * share * shock)
                point.volatility = max(0.1, point.volatility + 0.007 * share * (-0.7 * shock + 0.7 * normal()))
                points.append(point)
            }
        }
        return points
    }

    private func edges(_ points: [Point], _ right: OptionRight, strike: Double) -> [ValuationEdge] {
        points.map { point in
            let at = Self.start.adding(.seconds(Int(point.hours * 3600)))
            var edge = ValuationEdge(
                position: Self.key, at: at, kind: .close, quantity: 10, state: .confirmed, asOf: at)
            edge.underlyingPrice = FixedDecimal(approximating: point.spot)
            edge.fx = .one
            let years = (96 - point.hours) / 24 / 365
            let gain = right == .call ? point.spot - strike : strike - point.spot
            edge.mark = FixedDecimal(approximating: max(0, gain))
            guard years > 0 else { return edge }
            let model = OptionModel(
                right: right, underlyingPrice: point.spot, strike: strike, years: years, rate: 0.04)
            let value = model.valuation(volatility: point.volatility)
            edge.mark = FixedDecimal(approximating: value.price)
            edge.volatility = point.volatility
            (edge.delta, edge.gamma, edge.theta) = (value.delta, value.gamma, value.theta)
            (edge.vega, edge.rho) = (value.vega, value.rho)
            return edge
        }
    }

    @Test func residual_isBelowOnePercent_whereverOptionsEnd() {
        var random = RandomBook(seed: 17)
        var (worst, worstByEdges, poor, count) = (0.0, 0.0, 0, 0)
        for _ in 0..<25 {
            let points = path(&random)
            let end = points[points.count - 1].spot
            for offset in [-2, -0.5, -0.02, 0.02, 0.2, 1] {
                for right in [OptionRight.call, .put] {
                    let strike = end + offset
                    var contract = AttributionContract(
                        position: Self.key, name: "AAA", group: "AAA", currency: .usd, multiplier: 100, isOption: true,
                        ending: .init(right: right, strike: strike, at: Self.start.adding(.seconds(96 * 3600))))
                    let edges = edges(points, right, strike: strike)
                    let byEdges = PositionAttribution(edges, contract).quality ?? 1
                    contract.model = OptionModel(
                        right: right, underlyingPrice: 1, strike: strike, years: 1, rate: 0.04)
                    let found = PositionAttribution(edges, contract)
                    guard found.terms.explained > 200 else { continue }
                    count += 1
                    worst = max(worst, found.quality ?? 1)
                    worstByEdges = max(worstByEdges, byEdges)
                    if byEdges > 0.1 { poor += 1 }
                }
            }
        }
        print(
            "\(count) options in their last days: worst residual \(worst); by the edges' Greeks alone",
            "\(worstByEdges), \(poor) above 10 %")
        #expect(count > 250)
        #expect(worst < 0.01)
        // What the parts are for.
        #expect(poor > count / 20)
    }
}
