/// How much of the exposure stands in few underlyings.
package struct Concentration: Sendable {
    package struct Share: Sendable, Equatable {
        package var underlying: String
        /// Magnitude of the underlying's net exposure.
        package var exposure: Double
        /// Of the sum of all of them, 0...1.
        package var share: Double
    }

    /// Largest first.
    package var shares: [Share]
    /// Herfindahl-Hirschman index of the shares, 0...1: 1 is all in one, 1/n is n alike. nil without exposure.
    package var herfindahl: Double?

    /// - Parameter rows: by underlying.
    init(_ rows: [BreakdownRow]) {
        let total = rows.reduce(0) { $0 + $1.exposure.net.magnitude }
        shares = rows.filter { $0.exposure.net != 0 }.map { row in
            Share(
                underlying: row.label, exposure: row.exposure.net.magnitude,
                share: row.exposure.net.magnitude / total)
        }
        .sorted { ($0.exposure, $1.underlying) > ($1.exposure, $0.underlying) }
        herfindahl = total > 0 ? shares.reduce(0) { $0 + $1.share * $1.share } : nil
    }
}
