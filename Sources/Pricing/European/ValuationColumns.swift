/// Prices and Greeks of a batch, one row an option in the batch's order. Units as in `OptionValuation`.
package struct ValuationColumns: Sendable {
    package internal(set) var price: [Double] = []
    package internal(set) var delta: [Double] = []
    package internal(set) var gamma: [Double] = []
    package internal(set) var theta: [Double] = []
    package internal(set) var vega: [Double] = []
    package internal(set) var rho: [Double] = []
    /// The mixed and second Greeks; empty unless they were asked for.
    package internal(set) var vanna: [Double] = []
    package internal(set) var volga: [Double] = []
    package internal(set) var charm: [Double] = []

    /// Storage is kept from one batch to the next: pass the same value again.
    package init() {}

    package var count: Int { price.count }

    /// The row as the scalar functions give it; what was not asked for is NaN.
    package func valuation(at row: Int) -> OptionValuation {
        let hasSecond = !vanna.isEmpty
        return OptionValuation(
            price: price[row], delta: delta[row], gamma: gamma[row], theta: theta[row], vega: vega[row],
            rho: rho[row], vanna: hasSecond ? vanna[row] : .nan, volga: hasSecond ? volga[row] : .nan,
            charm: hasSecond ? charm[row] : .nan)
    }

    mutating func resize(to count: Int, withSecondOrder: Bool) {
        for column in [\ValuationColumns.price, \.delta, \.gamma, \.theta, \.vega, \.rho] {
            Self.resize(&self[keyPath: column], to: count)
        }
        for column in [\ValuationColumns.vanna, \.volga, \.charm] {
            Self.resize(&self[keyPath: column], to: withSecondOrder ? count : 0)
        }
    }

    private static func resize(_ column: inout [Double], to count: Int) {
        if column.count > count {
            column.removeLast(column.count - count)
        } else if column.count < count {
            column.append(contentsOf: repeatElement(0, count: count - column.count))
        }
    }
}
