/// Reads a recording's raw bytes once more with a broker's own parsers and holds the result against the events that
/// were delivered then. A pure value, fed in the recorded order.
package protocol WireCheck: Sendable {
    /// A group of messages that one wait gave on one connection. `wanted` are the sets of instruments that may have
    /// been in force, the newest first. Throws what is different from the recorded events.
    mutating func received(
        _ messages: [[UInt8]], on connection: Int, wanted: [[MarketDataRequest]]) throws(WireDifference)
    /// An answer with its status; the target is path and query.
    mutating func answered(_ target: String, status: Int, _ body: [UInt8])
    /// Events as they were delivered.
    mutating func delivered(_ events: [BrokerEvent]) throws(WireDifference)
    /// Messages and answers read so far.
    var readCount: Int { get }
    /// Messages and answers that could not be read, in words: the run could not read them either.
    var unreadable: [String] { get }
}

/// What the parsers make of recorded bytes now, and what was delivered then.
package struct WireDifference: Error, Sendable, Equatable {
    package var recorded: String
    package var replayed: String

    package init(recorded: String, replayed: String) {
        self.recorded = recorded
        self.replayed = replayed
    }
}
