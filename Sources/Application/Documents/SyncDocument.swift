/// `sync --json`: which brokers were read, and what stood in the way of the others.
struct SyncDocument: Document {
    static let schemaName = "tributary.sync/1"

    struct Outcome: Codable, Sendable, Equatable {
        var broker: String
        var ok: Bool
        @ExplicitNull var message: String?
    }

    var schema = schemaName
    var sequence: UInt64
    var brokers: [Outcome]
}
