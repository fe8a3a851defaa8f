/// How much of a book an analysis speaks of. What it does not speak of stands by name.
package struct RiskCoverage: Sendable, Hashable {
    /// A leg, cash or position that has no part in the figures.
    package struct Uncovered: Sendable, Hashable {
        package var name: String
        package var reason: String
        /// Absolute q d S, or the cash, in base currency; nil when even that is not known.
        package var exposure: Double?
    }

    /// Absolute exposure (q d S; of cash in other currencies its value) in base currency that has a part.
    package private(set) var covered: Double = 0
    /// All of which the exposure is known.
    package private(set) var measured: Double = 0
    package private(set) var parts = 0
    package private(set) var uncovered: [Uncovered] = []

    /// Covered / all; nil while a part's exposure is not known, or there is nothing to cover.
    package var share: Double? {
        uncovered.contains { $0.exposure == nil } ? nil : shareOfMeasured
    }

    /// Covered / all of which the exposure is known; nil when there is none.
    package var shareOfMeasured: Double? { measured > 0 ? covered / measured : nil }

    init(_ book: RevaluationBook) {
        uncovered = book.uncovered.map { Uncovered(name: $0.name, reason: $0.reason) }
    }

    mutating func cover(_ exposure: Double) {
        parts += 1
        covered += exposure
        measured += exposure
    }

    /// A part of which not even the exposure is known.
    mutating func leave(_ name: String, because reason: String) {
        uncovered.append(Uncovered(name: name, reason: reason))
    }

    mutating func leave(_ name: String, _ exposure: Double, because reason: String) {
        measured += exposure
        uncovered.append(Uncovered(name: name, reason: reason, exposure: exposure))
    }
}
