import PortfolioModel

/// What every machine-readable answer carries: its schema, and the number of the update it shows.
protocol Document: Codable, Sendable, Equatable {
    /// `tributary.positions/1`; the number grows when a key changes its meaning.
    static var schemaName: String { get }
    var schema: String { get }
    /// Number of the last update of the book that this shows; 0 for what is not about the book.
    var sequence: UInt64 { get }
}
