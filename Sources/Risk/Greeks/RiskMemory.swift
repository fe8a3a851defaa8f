import PortfolioModel

/// What valuation remembers between updates and cannot be read from the book: last good volatilities, and what was seen
/// of the feeds' units.
package struct RiskMemory: Sendable {
    struct Volatility: Sendable, Equatable {
        var value: Double
        var at: Timestamp?
    }

    var monitor = GreeksUnitMonitor()
    var solver = ModelSolver()
    var strips = ParityStrips()
    /// By the instrument's number.
    private var volatilities: [Volatility?] = []

    package init() {}

    func volatility(of id: InstrumentID) -> Volatility? {
        id.index < volatilities.count ? volatilities[id.index] : nil
    }

    mutating func remember(_ volatility: Volatility, of id: InstrumentID) {
        while volatilities.count <= id.index { volatilities.append(nil) }
        volatilities[id.index] = volatility
    }

    /// A word of what the quick way needs to know of an option, by its place; see `PositionSlots.readAhead`.
    @inline(__always)
    func readAhead(_ place: Int) -> Int {
        (place < volatilities.count && volatilities.span[place] != nil ? 1 : 0) &+ monitor.readAhead(place)
    }

    mutating func forget(_ id: InstrumentID) {
        monitor.forget(id)
        solver.forget(id)
        if id.index < volatilities.count { volatilities[id.index] = nil }
    }
}
