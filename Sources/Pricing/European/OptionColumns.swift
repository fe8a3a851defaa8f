import PortfolioModel

/// Many European options as columns of one length, for the batch functions. Units as in `OptionModel`.
package struct OptionColumns: Sendable {
    /// +1 for a call, -1 for a put.
    package var sign: [Double]
    /// Spot; the forward where `isOnFuture`.
    package var underlyingPrice: [Double]
    package var strike: [Double]
    package var years: [Double]
    package var rate: [Double]
    /// Without effect where `isOnFuture`.
    package var yield: [Double]
    /// Whether the whole batch is Black-76 rather than Black-Scholes-Merton.
    package var isOnFuture: Bool

    package init(isOnFuture: Bool = false, reserving capacity: Int = 0) {
        self.isOnFuture = isOnFuture
        (sign, underlyingPrice, strike, years, rate, yield) = ([], [], [], [], [], [])
        for column in [\OptionColumns.sign, \.underlyingPrice, \.strike, \.years, \.rate, \.yield] {
            self[keyPath: column].reserveCapacity(capacity)
        }
    }

    package var count: Int { sign.count }

    /// Adds one option; its formula, exercise and dividends are not looked at.
    package mutating func append(_ model: OptionModel) {
        sign.append(model.sign)
        underlyingPrice.append(model.underlyingPrice)
        strike.append(model.strike)
        years.append(model.years)
        rate.append(model.rate)
        yield.append(model.yield)
    }

    /// The option at a row, as the scalar functions take it.
    package func model(at row: Int) -> OptionModel {
        OptionModel(
            right: sign[row] > 0 ? .call : .put, underlyingPrice: underlyingPrice[row], strike: strike[row],
            years: years[row], rate: rate[row], yield: yield[row], isOnFuture: isOnFuture)
    }

    func requireEqualLengths() {
        let isEqual = [underlyingPrice, strike, years, rate, yield].allSatisfy { $0.count == count }
        precondition(isEqual, "columns of different lengths")
    }
}
