/// What the pricing model takes as given.
struct ModelSettings: Sendable, Equatable, Codable {
    /// Interest rate, continuously compounded, a fraction per year.
    var rate = 0.04
    /// Dividend yields by the underlying's symbol, fractions per year.
    var yields: [String: Double] = [:]
}
