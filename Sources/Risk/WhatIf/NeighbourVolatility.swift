import PortfolioModel

/// The volatility of the held option that is nearest to one nobody quotes: same underlying, nearest expiry, then
/// nearest strike.
struct NeighbourVolatility: Sendable {
    let name: String
    let volatility: Double
    /// The underlying's price.
    let price: FixedDecimal

    init?(_ view: PortfolioView, of instrument: Instrument) {
        guard let contract = instrument.contract, let strike = contract.strike, let underlying = instrument.underlying
        else { return nil }
        func distance(_ row: PositionView) -> (Int, Double) {
            let days = row.instrument.contract.map { contract.expiry.days(until: $0.expiry).magnitude } ?? .max
            let gap = row.instrument.contract?.strike.map { ($0.doubleValue - strike.doubleValue).magnitude }
            return (Int(clamping: days), gap ?? .infinity)
        }
        let nearest = view.positions
            .filter { $0.underlying?.id == underlying && $0.impliedVolatility.value != nil }
            .min { distance($0) < distance($1) }
        guard let nearest, let volatility = nearest.impliedVolatility.value, let price = nearest.underlyingPrice.value
        else { return nil }
        name = nearest.instrument.name
        self.volatility = volatility
        self.price = price
    }
}
