import PortfolioModel

/// What valuation remembers between updates and cannot be read from the book: last good volatilities, and what was seen
/// of the feeds' units.
package struct RiskMemory: Sendable {
    struct Volatility: Sendable, Equatable {
        var value: Double
        var at: Timestamp?
    }

    /// A volatility as it is kept: 16 bytes, so that four options share a cache line.
    private struct Kept: Sendable {
        static let nothing = Kept(nil)
        /// Not a number where there is none.
        private let value: Double
        private let at: Int64

        init(_ volatility: Volatility?) {
            value = volatility?.value ?? .nan
            at = volatility?.at?.microseconds ?? .min
        }

        var isNothing: Bool { value.isNaN }
        var volatility: Volatility? {
            isNothing ? nil : Volatility(value: value, at: at == .min ? nil : Timestamp(microseconds: at))
        }
    }

    var monitor = GreeksUnitMonitor()
    var solver = ModelSolver()
    var strips = ParityStrips()
    /// By the instrument's number.
    private var volatilities: [Kept] = []

    package init() {}

    func volatility(of id: InstrumentID) -> Volatility? {
        id.index < volatilities.count ? volatilities[id.index].volatility : nil
    }

    mutating func remember(_ volatility: Volatility, of id: InstrumentID) {
        while volatilities.count <= id.index { volatilities.append(.nothing) }
        volatilities[id.index] = Kept(volatility)
    }

    /// Asks for an option's volatility before it is needed, by its place.
    @inline(__always)
    func fetch(_ place: Int) { volatilities.span.fetch(place) }

    mutating func forget(_ id: InstrumentID) {
        monitor.forget(id)
        solver.forget(id)
        if id.index < volatilities.count { volatilities[id.index] = .nothing }
    }
}
