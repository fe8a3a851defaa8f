import PortfolioModel
import Pricing
import Testing

struct ParityForwardTests {
    private let forward = 24_873.4
    private let years = 0.04
    private let rate = 0.065

    /// Quotes around the Black-76 prices, wider away from the money.
    private func strip(_ strikes: [Double], volatility: Double = 0.13) -> [ParityForward.Strike] {
        strikes.map { strike in
            let prices = [OptionRight.call, .put].map { right in
                OptionModel(
                    right: right, underlyingPrice: forward, strike: strike, years: years, rate: rate,
                    formula: .black76
                ).price(volatility: volatility)
            }
            let half = 0.5 + (strike - forward).magnitude / 100
            return ParityForward.Strike(
                strike: strike, callBid: prices[0] - half, callAsk: prices[0] + half, putBid: prices[1] - half,
                putAsk: prices[1] + half)
        }
    }

    private let strikes = stride(from: 24_300.0, through: 25_400, by: 50).map { $0 }

    @Test func estimate_findsTheForwardThatPricedTheStrip() throws {
        let found = try ParityForward.estimate(strip(strikes), years: years, rate: rate)
        #expect(abs(found.forward - forward) < 1e-6)
        #expect(found.strikes.first == 24_850 && found.strikes.count == ParityForward.mostStrikes)
        #expect(found.uncertainty > 0 && found.uncertainty < 2)
    }

    @Test func estimate_isNotMovedByOneStaleQuote() throws {
        var quotes = strip(strikes)
        let index = try #require(quotes.firstIndex { $0.strike == 24_900 })
        quotes[index].callBid += 80
        quotes[index].callAsk += 80
        let found = try ParityForward.estimate(quotes, years: years, rate: rate)
        #expect(abs(found.forward - forward) < 1e-6)
        #expect(!found.strikes.contains(24_900))
    }

    @Test func estimate_leavesOutQuotesThatAreNotSane() throws {
        var quotes = strip([24_800, 24_850, 24_900])
        quotes[0].putBid = 0
        quotes[2].callAsk = quotes[2].callBid - 1
        let found = try ParityForward.estimate(quotes, years: years, rate: rate)
        #expect(found.strikes == [24_850])
        #expect(abs(found.forward - forward) < 1e-6)
    }

    @Test func estimate_saysWhy_whenThereIsNone() {
        #expect(throws: ParityForward.Failure.noQuotes) { try ParityForward.estimate([], years: years, rate: rate) }
        #expect(throws: ParityForward.Failure.badInput) {
            try ParityForward.estimate(strip(strikes), years: 0, rate: rate)
        }
        var quotes = strip([24_850, 24_900])
        quotes[0].callBid += 300
        quotes[0].callAsk += 300
        #expect(throws: ParityForward.Failure.inconsistent) {
            try ParityForward.estimate(quotes, years: years, rate: rate)
        }
    }
}
