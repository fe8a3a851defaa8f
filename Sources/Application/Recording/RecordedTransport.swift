/// One request and what came back. No header of the request is kept, and no body.
struct RecordedExchange: Codable, Sendable {
    var broker: String
    var method: String
    /// Path with query, without host.
    var target: String
    var status: Int?
    var body: RecordedBytes?
    /// `TransportError`'s code when nothing came back.
    var error: String?
}

/// What a stream did; connections are numbered through the run.
struct RecordedSocket: Codable, Sendable {
    enum Event: Codable, Sendable {
        /// Host and path.
        case opened(String)
        /// What one wait gave: these were handled together.
        case received([RecordedBytes])
        case ended(String)
    }

    var broker: String
    var connection: Int
    var event: Event
}
