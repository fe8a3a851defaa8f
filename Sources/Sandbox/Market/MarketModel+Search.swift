import Foundation

extension MarketModel {
    static func logarithm(_ value: Double) -> Double { log(value) }

    /// A stock, fund, index or pair by name, or the front future by product.
    package func underlying(named name: String) -> Int? {
        specs.firstIndex { $0.name == name }
    }

    /// The futures, the front month first.
    package var futureInstruments: [Int] { futures }

    /// The option of a root whose expiry is nearest to so many days ahead, with the nearest strike.
    package func option(root: String, days: Int, strike: Int, right: MarketInstrument.Right) -> Int? {
        nearest(days: days, strike: strike) {
            $0.isFutureOption == false && $0.option?.root == root
        } right: {
            $0 == right
        }
    }

    /// The option on a future whose expiry is nearest to so many days ahead, with the nearest strike.
    package func futureOption(on future: Int, days: Int, strike: Int, right: MarketInstrument.Right) -> Int? {
        nearest(days: days, strike: strike) {
            $0.isFutureOption && $0.underlying == future
        } right: {
            $0 == right
        }
    }

    private func nearest(
        days: Int, strike: Int, matching: (MarketInstrument) -> Bool, right: (MarketInstrument.Right) -> Bool
    ) -> Int? {
        let target = date.adding(days: days)
        let wanted = SandboxAmount(strike)
        func distance(_ option: MarketInstrument.Option) -> (Int, Int64) {
            (abs(option.expiry.days(until: target)), (option.strike - wanted).magnitude.millionths)
        }
        return instruments.filter(matching)
            .compactMap { instrument in instrument.option.map { (instrument.id, $0) } }
            .filter { right($0.1.right) }
            .min { distance($0.1) < distance($1.1) }?.0
    }
}
