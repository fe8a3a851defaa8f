import PortfolioModel

/// What valuation remembers between updates and cannot be read from the book: last good volatilities, and what was seen
/// of the feeds' units.
package struct RiskMemory: Sendable {
    struct Volatility: Sendable, Equatable {
        var value: Double
        var at: Timestamp?
    }

    var monitor = GreeksUnitMonitor()
    var volatilities: [InstrumentID: Volatility] = [:]

    package init() {}

    mutating func forget(_ id: InstrumentID) {
        monitor.forget(id)
        volatilities[id] = nil
    }
}
