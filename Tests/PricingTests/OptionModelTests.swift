import PortfolioModel
import Pricing
import Testing

struct OptionModelTests {
    /// Hull, Options, Futures and Other Derivatives: S 42, K 40, r 10 %, sigma 20 %, half a year; call 4.76, put 0.81.
    @Test func price_isTheTextbooks_forAShare() {
        let call = model(.call, 42, 40, 0.5, 0.10)
        #expect(abs(call.price(volatility: 0.2) - 4.7594) < 1e-4)
        #expect(abs(model(.put, 42, 40, 0.5, 0.10).price(volatility: 0.2) - 0.8086) < 1e-4)
    }

    /// Hull: European put on a future, F 20, K 20, r 9 %, sigma 25 %, four months: 1.12.
    @Test func price_isTheTextbooks_onAFuture() {
        var put = model(.put, 20, 20, 4.0 / 12, 0.09)
        put.isOnFuture = true
        #expect(abs(put.price(volatility: 0.25) - 1.1166) < 1e-4)
    }

    @Test(arguments: [OptionRight.call, .put], [(0.0, false), (0.03, false), (0, true)])
    func greeks_areTheSlopesOfThePrice(right: OptionRight, asset: (yield: Double, isOnFuture: Bool)) {
        for (spot, strike, years, volatility) in [
            (600.0, 570.0, 0.08, 0.22), (100, 100, 1, 0.4), (60, 65, 0.02, 0.9), (6010, 5900, 0.3, 0.15),
        ] {
            var base = model(right, spot, strike, years, 0.045)
            (base.yield, base.isOnFuture) = asset
            let said = base.valuation(volatility: volatility)
            let step = spot * 1e-4
            let up = changed(base) { $0.underlyingPrice += step }.price(volatility: volatility)
            let down = changed(base) { $0.underlyingPrice -= step }.price(volatility: volatility)
            #expect(close(said.price, base.price(volatility: volatility), 1e-12))
            #expect(close(said.delta, (up - down) / (2 * step), 1e-5))
            #expect(close(said.gamma, (up - 2 * said.price + down) / (step * step), 1e-3))
            let day = 1e-6
            let later = changed(base) { $0.years -= day }.price(volatility: volatility)
            let earlier = changed(base) { $0.years += day }.price(volatility: volatility)
            #expect(close(said.theta, (later - earlier) / (2 * day) / 365, 1e-4))
            let vega = base.price(volatility: volatility + 1e-5) - base.price(volatility: volatility - 1e-5)
            #expect(close(said.vega, vega / 2e-5 / 100, 1e-5))
            let rates = (
                changed(base) { $0.rate += 1e-5 }.price(volatility: volatility),
                changed(base) { $0.rate -= 1e-5 }.price(volatility: volatility)
            )
            #expect(close(said.rho, (rates.0 - rates.1) / 2e-5 / 100, 1e-4))
        }
    }

    @Test func prices_keepPutCallParity() {
        for volatility in [0.05, 0.3, 2] {
            let call = model(.call, 95, 100, 0.7, 0.04)
            let put = model(.put, 95, 100, 0.7, 0.04)
            let parity = call.price(volatility: volatility) - put.price(volatility: volatility)
            #expect(abs(parity - (call.lowerBound - put.lowerBound)) < 1e-10)
        }
    }

    @Test func toExpiry_countsToFourInNewYork() throws {
        let expiry = try #require(CalendarDate("2026-12-18"))
        let start = try #require(Timestamp("2026-12-17T21:00:00Z"))
        #expect(YearFraction.toExpiry(expiry, from: start) == 1 / 365.0)
        #expect(YearFraction.toExpiry(expiry, from: start.adding(.seconds(86_401))) < 0)
    }

    private func model(
        _ right: OptionRight, _ spot: Double, _ strike: Double, _ years: Double, _ rate: Double
    ) -> OptionModel {
        OptionModel(right: right, underlyingPrice: spot, strike: strike, years: years, rate: rate)
    }

    private func changed(_ model: OptionModel, _ change: (inout OptionModel) -> Void) -> OptionModel {
        var copy = model
        change(&copy)
        return copy
    }

    private func close(_ left: Double, _ right: Double, _ relative: Double) -> Bool {
        abs(left - right) <= relative * max(abs(left), abs(right)) + 1e-9
    }
}
