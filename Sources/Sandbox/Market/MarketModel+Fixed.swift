/// Figures of one instrument that stand in for the formula's.
struct FixedRow: Sendable {
    /// An option's mid, another instrument's last. In units of the quoted price.
    var mark: Double
    var halfSpread: Double
    var previousClose: Double
    /// Of options only.
    var greeks: MarketGreeks?

    func quote(openInterest: Int) -> MarketQuote {
        let price = SandboxAmount(rounding: mark)
        let half = SandboxAmount(rounding: halfSpread)
        let last = greeks == nil ? price : nil
        return MarketQuote(
            bid: price - half, ask: price + half, bidSize: 100, askSize: 100, last: last, dayOpen: last, dayHigh: last,
            dayLow: last, previousClose: SandboxAmount(rounding: previousClose), volume: 0, openInterest: openInterest,
            mark: price)
    }
}

extension MarketModel {
    /// The rows of the fixed book S11 that this market prices, by what they are.
    package struct FixedBook: Sendable {
        package var share: Int
        package var sharePut: Int
        package var adjustedCall: Int
        package var future: Int
        package var futurePut: Int
    }

    /// Stands still at the US rows of the book S11: its marks, prior closes and unit Greeks to the digit; volatility
    /// 0.2 and rho 0, which the book does not give. Nil when the day's chains lack one of its contracts.
    package mutating func freezeAtS11() -> FixedBook? {
        guard let book = s11Instruments() else { return nil }
        setFrozen(true)
        func greeks(_ price: Double, _ delta: Double, _ gamma: Double, _ theta: Double, _ vega: Double) -> MarketGreeks
        {
            MarketGreeks(
                price: price, volatility: 0.2, delta: delta, gamma: gamma, theta: theta, vega: vega, rho: 0)
        }
        fixed[book.share] = FixedRow(mark: 600, halfSpread: 0.01, previousClose: 597)
        fixed[book.sharePut] = FixedRow(
            mark: 5.05, halfSpread: 0.01, previousClose: 5.60, greeks: greeks(5.05, -0.20, 0.010, -0.15, 0.50))
        fixed[instruments[book.adjustedCall].underlying] = FixedRow(mark: 60, halfSpread: 0.01, previousClose: 60)
        fixed[book.adjustedCall] = FixedRow(
            mark: 3, halfSpread: 0.05, previousClose: 2.80, greeks: greeks(3, 0.60, 0.20, -0.01, 0.01))
        fixed[book.future] = FixedRow(mark: 6_010, halfSpread: 0.25, previousClose: 5_990)
        fixed[book.futurePut] = FixedRow(
            mark: 33, halfSpread: 0.25, previousClose: 35, greeks: greeks(33, -0.25, 0.001, -1.20, 6.00))
        for (index, row) in fixed where index < spots.count {
            spots[index].previousClose = row.previousClose
            spots[index].price = row.mark
        }
        follow()
        changed()
        return book
    }

    /// Where S11's instruments are: the contracts nearest to 30 days out.
    package func s11Instruments() -> FixedBook? {
        guard let share = underlying(named: "SPY"), let future = futures.first,
            let sharePut = option(root: "SPY", days: 30, strike: 570, right: .put),
            let futurePut = futureOption(on: future, days: 30, strike: 5_900, right: .put),
            let adjustedCall = instruments.firstIndex(where: { $0.option?.isAdjusted == true })
        else { return nil }
        return FixedBook(
            share: share, sharePut: sharePut, adjustedCall: adjustedCall, future: future, futurePut: futurePut)
    }

    /// Moves an underlying by an amount of its price, and what is priced from it. Fixed options follow by their delta
    /// and gamma with the contract's own deliverable `d` and multiplier `m`: price by (delta d dS + gamma d^2 / m
    /// dS^2 / 2) / m, delta by gamma d / m dS, so that position Greeks keep the model's units.
    package mutating func move(_ underlying: Int, by change: Double) {
        guard spots.indices.contains(underlying) else { return }
        if case .ratio(let leader, let ratio) = specs[underlying].follow, fixed[underlying] == nil,
            let index = specs.firstIndex(where: { $0.name == leader })
        {
            return move(index, by: change / ratio)
        }
        setSpot(underlying, to: spots[underlying].price + change)
        fixed[underlying]?.mark += change
        for (index, row) in fixed where index != underlying && instruments[index].underlying == underlying {
            guard let greeks = row.greeks, let option = instruments[index].option else { continue }
            let ratio = Double(option.deliverable) / Double(instruments[index].multiplier)
            let step = change * ratio
            let price = row.mark + greeks.delta * step + greeks.gamma / 2 * step * step
            fixed[index]?.mark = price
            fixed[index]?.greeks?.price = price
            fixed[index]?.greeks?.delta += greeks.gamma * step
        }
        if specs[underlying].base > 0, spots[underlying].price > 0 {
            spots[underlying].deviation = Self.logarithm(spots[underlying].price / specs[underlying].base)
        }
        follow()
        changed()
    }
}
