import PortfolioModel
import Pricing
import Risk

/// Computes a position's terms anew from its model alone: Greeks by differences of prices, steps by the formulas as
/// they are written down, in doubles.
struct Bumping {
    let month: SimulatedMonth
    let holding: SimulatedMonth.Holding

    private struct Greeks {
        var delta = 0.0
        var gamma = 0.0
        var theta = 0.0
        var vega = 0.0
        var rho = 0.0
    }

    /// Where the market of one option stands.
    private struct Place {
        var at: Double
        var spot: Double
        var volatility: Double
        var rate: Double

        static func between(_ from: Place, _ to: Place, _ share: Double) -> Place {
            Place(
                at: from.at + (to.at - from.at) * share, spot: from.spot + (to.spot - from.spot) * share,
                volatility: from.volatility + (to.volatility - from.volatility) * share,
                rate: from.rate + (to.rate - from.rate) * share)
        }
    }

    func terms() throws -> [ProfitTerms.Term: Double] {
        var sums: [ProfitTerms.Term: Double] = [:]
        for (start, end) in zip(holding.edges, holding.edges.dropFirst()) where !start.quantity.isZero {
            let scale =
                start.quantity.doubleValue * holding.contract.multiplier.doubleValue * (start.fx?.doubleValue ?? .nan)
            let from = place(start)
            var to = place(end)
            if end.volatility == nil { to.volatility = from.volatility }
            let left = expiry - from.at
            let parts = left > 0 && left <= 5 ? 16 : 1
            for part in 0..<parts {
                func share(_ number: Int) -> Double {
                    let rest = 1 - Double(number) / Double(parts)
                    return parts == 1 ? Double(number) : 1 - rest * rest
                }
                add(.between(from, to, share(part)), .between(from, to, share(part + 1)), scale, to: &sums)
            }
        }
        return sums
    }

    private func add(_ start: Place, _ end: Place, _ scale: Double, to sums: inout [ProfitTerms.Term: Double]) {
        let (first, last) = (greeks(start), greeks(end))
        let move = end.spot - start.spot
        sums[.delta, default: 0] +=
            scale * ((first.delta + last.delta) / 2 * move - (first.gamma + last.gamma) / 4 * move * move)
        sums[.gamma, default: 0] += scale * (first.gamma / 3 + last.gamma / 6) * move * move
        sums[.theta, default: 0] += scale * (first.theta + last.theta) / 2 * (end.at - start.at)
        sums[.vega, default: 0] += scale * (first.vega + last.vega) / 2 * (end.volatility - start.volatility) * 100
        sums[.rho, default: 0] += scale * (first.rho + last.rho) / 2 * (end.rate - start.rate) * 100
    }

    /// Days since 1970.
    private var expiry: Double { (holding.contract.ending?.at).map { Double($0.microseconds) / 86_400e6 } ?? 0 }

    private func place(_ edge: ValuationEdge) -> Place {
        Place(
            at: Double(edge.at.microseconds) / 86_400e6, spot: edge.underlyingPrice?.doubleValue ?? .nan,
            volatility: edge.volatility ?? 0,
            rate: month.points.first { $0.at == edge.at }?.rate ?? .nan)
    }

    private func greeks(_ place: Place) -> Greeks {
        guard let option = holding.option, let model = model(place) else {
            guard let option = holding.option else { return Greeks() }
            let isIn = option.right == .call ? place.spot > option.strike : place.spot < option.strike
            return Greeks(delta: isIn ? (option.right == .call ? 1 : -1) : 0)
        }
        func price(_ change: (inout OptionModel) -> Void, _ volatility: Double) -> Double {
            var model = model
            change(&model)
            return model.price(volatility: volatility)
        }
        let volatility = place.volatility
        // A few thousandths of what the price moves by until expiry.
        let width = 4e-3 * option.strike * volatility * model.years.squareRoot()
        let (here, up, down) = (
            price({ _ in }, volatility), price({ $0.underlyingPrice += width }, volatility),
            price({ $0.underlyingPrice -= width }, volatility)
        )
        let time = model.years * 1e-4
        func later(_ years: Double) -> Double {
            price(
                {
                    $0.years -= years
                    $0.dividends = $0.dividends.map { CashDividend(years: $0.years - years, amount: $0.amount) }
                }, volatility)
        }
        return Greeks(
            delta: (up - down) / (2 * width), gamma: (up - 2 * here + down) / (width * width),
            theta: (later(time) - later(-time)) / (2 * time) / 365,
            vega: (price({ _ in }, volatility + 1e-4) - price({ _ in }, volatility - 1e-4)) / 2e-4 / 100,
            rho: (price({ $0.rate += 1e-5 }, volatility) - price({ $0.rate -= 1e-5 }, volatility)) / 2e-5 / 100)
    }

    /// nil once time is up.
    private func model(_ place: Place) -> OptionModel? {
        guard let option = holding.option, expiry - place.at > 1e-6 else { return nil }
        let at = Timestamp(microseconds: Int64(place.at * 86_400e6))
        return OptionModel(
            right: option.right, underlyingPrice: place.spot, strike: option.strike, years: (expiry - place.at) / 365,
            rate: place.rate, formula: option.isOnFuture ? .black76 : .blackScholesMerton, exercise: option.exercise,
            dividends: month.dividends(holding, at: at))
    }
}
