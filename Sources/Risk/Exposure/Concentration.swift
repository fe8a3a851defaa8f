/// How much of the exposure stands in few underlyings. With a part unknown the whole is, and there are no shares.
package struct Concentration: Sendable {
    package struct Share: Sendable, Equatable {
        package var underlying: String
        /// Magnitude of the underlying's net exposure; nil with a part of it unknown.
        package var exposure: Double?
        /// Of the sum of all of them, 0...1; nil with a part of any unknown.
        package var share: Double?
    }

    /// Largest first, unknown ones last.
    package var shares: [Share]
    /// Herfindahl-Hirschman index of the shares, 0...1: 1 is all in one, 1/n is n alike. nil without shares.
    package var herfindahl: Double?
    /// Why there are no shares; nil when there are.
    package var reason: String?

    /// - Parameter rows: by underlying.
    init(_ rows: [BreakdownRow]) {
        let total = rows.reduce(0) { $0 + ($1.exposure.knownNet?.magnitude ?? 0) }
        let obstacle = rows.obstacleToShares(of: total)
        shares = rows.filter { $0.exposure.knownNet != 0 }.map { row in
            let exposure = row.exposure.knownNet?.magnitude
            return Share(
                underlying: row.label, exposure: exposure, share: obstacle == nil ? exposure.map { $0 / total } : nil)
        }
        .sorted { ($0.exposure ?? -1, $1.underlying) > ($1.exposure ?? -1, $0.underlying) }
        herfindahl = obstacle == nil ? shares.reduce(0) { $0 + ($1.share ?? 0) * ($1.share ?? 0) } : nil
        reason = obstacle
    }
}

extension [BreakdownRow] {
    /// Why the rows have no shares of their sum; nil when they have.
    func obstacleToShares(of sum: Double) -> String? {
        let missing = Set(flatMap(\.exposure.missing)).sorted()
        if !missing.isEmpty { return "exposure of \(missing.abridged) unknown" }
        return sum > 0 ? nil : "no exposure"
    }
}
