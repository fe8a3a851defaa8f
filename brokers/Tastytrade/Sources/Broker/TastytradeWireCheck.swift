package import BrokerKit
package import PortfolioModel

/// Tastytrade's recorded bytes, read once more: the feed's frames have to give the recorded market batches, group by
/// group; the account stream's messages and the API's answers are parsed.
package struct TastytradeWireCheck: WireCheck {
    private let source: BrokerID
    private var feeds: [Int: FeedConversation] = [:]
    private var known: Set<Int> = []
    /// What the last group of each feed said and the supervisor has not been told yet.
    private var pending: [Int: MarketBatch] = [:]
    /// The same group, had an older wish still been in force.
    private var alternatives: [Int: [MarketBatch]] = [:]
    package private(set) var readCount = 0
    package private(set) var unreadable: [String] = []

    package init(source: BrokerID = BrokerID("tastytrade")) { self.source = source }

    package mutating func received(
        _ messages: [[UInt8]], on connection: Int, wanted: [[MarketDataRequest]]
    ) throws(WireDifference) {
        readCount += messages.count
        if known.insert(connection).inserted, Self.isFeed(messages) { feeds[connection] = FeedConversation(source) }
        guard var feed = feeds[connection] else { return readAccountStream(messages) }
        if let batch = pending[connection] { throw Self.difference(nil, batch) }
        unreadable += feed.take(messages)
        feeds[connection] = feed
        pending[connection] = feed.batch(for: wanted.first ?? [])
        alternatives[connection] = wanted.dropFirst().compactMap { feed.batch(for: $0) }
    }

    package mutating func delivered(_ events: [BrokerEvent]) throws(WireDifference) {
        for case .market(let batch) in events {
            let found = feeds.keys.sorted().first { key in
                ([pending[key]].compactMap(\.self) + (alternatives[key] ?? [])).contains { batch.says(the: $0) }
            }
            guard let found else { throw Self.difference(batch, pending.values.first) }
            pending[found] = nil
            alternatives[found] = nil
        }
    }

    package mutating func answered(_ target: String, status: Int, _ body: [UInt8]) {
        readCount += 1
        guard (200..<300).contains(status), !target.hasPrefix("/oauth") else { return }
        let path = target.prefix { $0 != "?" }
        do { try Self.parse(body, path.split(separator: "/").map(String.init)) } catch {
            unreadable.append("\(path.split(separator: "/").last ?? "answer"): \(error)")
        }
    }

    private static func parse(_ body: [UInt8], _ parts: [String]) throws {
        let items = try APIEnvelope(body, place: "answer").items
        guard parts.first == "accounts" else { return }
        switch parts.dropFirst(2).first {
        case "positions": for item in items { _ = try WirePosition(item) }
        case "balances": for item in items { _ = try WireBalance(item) }
        case "transactions": for item in items { _ = try WireTransaction(item) }
        case "orders": for item in items { _ = try WireOrder(item) }
        default: break
        }
    }

    private mutating func readAccountStream(_ messages: [[UInt8]]) {
        for message in messages {
            do {
                for case .unreadable(let reason) in try AccountStreamMessage.decode(message) {
                    unreadable.append("account stream: \(reason)")
                }
            } catch {
                unreadable.append("account stream: \(error)")
            }
        }
    }

    private static func isFeed(_ messages: [[UInt8]]) -> Bool {
        guard let first = messages.first, let message = try? DXLinkMessage(first) else { return false }
        if case .setup = message { return true }
        return false
    }

    private static func difference(_ recorded: MarketBatch?, _ replayed: MarketBatch?) -> WireDifference {
        let words = { (batch: MarketBatch?) in batch.map { "\($0)" } ?? "no market batch" }
        return WireDifference(recorded: words(recorded), replayed: words(replayed))
    }
}

/// One recorded feed connection: the rules and the reader that `MarketFeed` has, without its sends and waits.
private struct FeedConversation {
    private var session: DXLinkSession
    private var reader: FeedReader
    /// What the last group asks of the reader: done once for each wish it may have been read under.
    private var steps: [Step] = []

    private enum Step {
        case decode([UInt8], Range<Int>)
        case configure([String: [String]])
        case forgetLayouts
    }

    init(_ source: BrokerID) {
        session = DXLinkSession(DXLinkSession.Settings(token: SecretString("recorded"), tokenEndsAt: .seconds(1 << 40)))
        _ = session.opened(at: .zero)
        reader = FeedReader(source: source)
        reader.resetLayouts()
    }

    /// Follows the conversation; gives what could not be read.
    mutating func take(_ messages: [[UInt8]]) -> [String] {
        var unreadable: [String] = []
        perform(on: &reader)
        steps = []
        var hasEnded = false
        for message in messages where !hasEnded {
            do throws(JSONError) {
                let frame = try DXLinkMessage(message)
                for action in session.received(frame, at: .zero) {
                    switch action {
                    case .decode(let range): steps.append(.decode(message, range))
                    case .configure(let fields): steps.append(.configure(fields))
                    case .forgetLayouts: steps.append(.forgetLayouts)
                    case .end: hasEnded = true
                    case .send, .ready, .report: break
                    }
                }
            } catch {
                unreadable.append("feed: \(error)")
            }
        }
        return unreadable
    }

    /// What the last group said of the instruments wanted; nil when it said nothing.
    func batch(for wanted: [MarketDataRequest]) -> MarketBatch? {
        var reader = reader
        reader.want(FeedRequests(wanted).handles)
        reader.begin(receivedAt: Timestamp(microseconds: 0))
        perform(on: &reader)
        return reader.batch.isEmpty ? nil : reader.batch
    }

    private func perform(on reader: inout FeedReader) {
        for step in steps {
            switch step {
            case .configure(let fields): reader.configure(fields)
            case .forgetLayouts: reader.resetLayouts()
            case .decode(let frame, let range):
                if reader.scan(frame) != nil { reader.keep() } else { _ = try? reader.decode(frame, in: range) }
            }
        }
    }
}

extension MarketBatch {
    /// Whether two batches say the same, whenever they were received; a figure that is not a number equals itself.
    fileprivate func says(the other: MarketBatch) -> Bool {
        quotes == other.quotes && trades == other.trades && summaries == other.summaries && profiles == other.profiles
            && "\(greeks)" == "\(other.greeks)"
    }
}
