import PortfolioModel

/// Unit Greeks at one moment, all of them.
struct EdgeGreeks: Sendable {
    var delta: Double
    var gamma: Double
    var theta: Double
    var vega: Double
    var rho: Double
    var isOver = false

    init(delta: Double, gamma: Double, theta: Double, vega: Double, rho: Double, isOver: Bool = false) {
        (self.delta, self.gamma, self.theta, self.vega, self.rho) = (delta, gamma, theta, vega, rho)
        self.isOver = isOver
    }

    /// Once time is up.
    init(_ ending: AttributionContract.Ending, at price: Double) {
        let isIn = ending.right == .call ? price > ending.strike : price < ending.strike
        let delta = isIn ? (ending.right == .call ? 1.0 : -1) : 0
        self.init(delta: delta, gamma: 0, theta: 0, vega: 0, rho: 0, isOver: true)
    }

    init?(_ edge: ValuationEdge, _ contract: AttributionContract) {
        if let ending = contract.ending, edge.at >= ending.at, let price = edge.underlyingPrice?.doubleValue {
            self.init(ending, at: price)
            return
        }
        guard let delta = edge.delta, let gamma = edge.gamma, let theta = edge.theta, let vega = edge.vega else {
            return nil
        }
        self.init(delta: delta, gamma: gamma, theta: theta, vega: vega, rho: edge.rho ?? 0)
    }

    func moved(by step: Double) -> EdgeGreeks {
        var result = self
        result.delta += gamma * step
        return result
    }
}
