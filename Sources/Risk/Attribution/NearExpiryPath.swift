import PortfolioModel
import Pricing

/// The way from one edge to the next of an option in its last five days: price, volatility and rate along straight
/// lines in time, in parts that grow shorter towards the end, with the model's Greeks at each.
///
/// Sixteen parts end at `1 - (1 - k / 16)^2` of the step. Over the last four days of simulated options that end near
/// their strike (`NearExpiryTests`) the residual stays below 1 % of the terms; by the edges' Greeks alone it is above
/// 10 % for one in five.
struct NearExpiryPath: Sendable {
    struct Node: Sendable {
        /// Of what one unit of quoted price is written on.
        var price: Double
        /// Since the start.
        var days: Double
        var volatility: Double
        var rate: Double
        var greeks: EdgeGreeks
    }

    static let parts = 16
    /// Calendar days to expiry at a step's start.
    static let reach = 5.0

    private let model: OptionModel
    private let ending: AttributionContract.Ending
    private let slope: Double
    private let prices: (Double, Double)
    private let volatilities: (Double, Double)
    private let rates: (Double, Double)
    private let remaining: Double
    private let days: Double

    /// nil earlier than that, after the end, over an ex-date, and where model or volatility is not known.
    init?(_ start: ValuationEdge, _ end: ValuationEdge, _ contract: AttributionContract) {
        guard let model = contract.model, let ending = contract.ending, start.at < ending.at,
            ending.at.seconds(since: start.at) <= Self.reach * 86_400,
            contract.dividends(after: start.at, through: end.at) == 0,
            let from = start.underlyingPrice?.doubleValue, let to = end.underlyingPrice?.doubleValue,
            let volatility = start.volatility, volatility > 0,
            let later = end.at < ending.at ? end.volatility : volatility, later > 0
        else { return nil }
        (self.model, self.ending) = (model, ending)
        slope = contract.units.doubleValue / contract.multiplier.doubleValue
        prices = (from, to)
        volatilities = (volatility, later)
        let rate = contract.rate(at: start.at) ?? model.rate
        rates = (rate, contract.rate(at: end.at) ?? rate)
        remaining = ending.at.seconds(since: start.at) / 86_400
        days = min(end.at, ending.at).seconds(since: start.at) / 86_400
    }

    func node(_ number: Int) -> Node {
        let left = 1 - Double(number) / Double(Self.parts)
        let share = 1 - left * left
        func between(_ ends: (Double, Double)) -> Double { ends.0 + (ends.1 - ends.0) * share }
        let price = between(prices)
        let passed = days * share
        var node = Node(
            price: price * slope, days: passed, volatility: between(volatilities), rate: between(rates),
            greeks: EdgeGreeks(ending, at: price))
        var model = model
        model.underlyingPrice = price * slope + offset
        model.years = (remaining - passed) / 365
        model.rate = node.rate
        guard model.years > 1e-9 else { return node }
        let value = model.valuation(volatility: node.volatility)
        node.greeks = EdgeGreeks(
            delta: value.delta, gamma: value.gamma, theta: value.theta, vega: value.vega, rho: value.rho)
        return node
    }

    /// Cash that is delivered beside the units: what the strike as the underlying is quoted lacks of the contract's.
    private var offset: Double { model.strike - ending.strike * slope }
}
