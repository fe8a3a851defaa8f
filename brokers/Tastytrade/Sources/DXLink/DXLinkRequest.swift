import BrokerKit
import PortfolioModel

/// One frame to the server. It becomes text only when it is sent, so that a token never lies about in an action.
enum DXLinkRequest: Sendable, Equatable {
    /// Frames with subscriptions stay below this, which is far below where servers were seen to close.
    static let maximumSubscriptionBytes = 8192

    case setup(keepalive: Int)
    case auth(SecretString)
    case keepalive
    case openChannel(Int)
    case feedSetup(channel: Int, aggregationPeriod: Double)
    case subscribe(channel: Int, reset: Bool, add: [FeedSubscription], remove: [FeedSubscription])
    case candleSetup(channel: Int)
    /// Daily candles since `from`, and an end of those no longer wanted.
    case subscribeCandles(channel: Int, add: [String], remove: [String], from: Timestamp)
    case closeChannel(Int)

    var text: String {
        switch self {
        case .setup(let seconds):
            return #"{"type":"SETUP","channel":0,"version":"0.1-tributary/1.0","keepaliveTimeout":"#
                + "\(seconds),\"acceptKeepaliveTimeout\":\(seconds)}"
        case .auth(let token):
            return #"{"type":"AUTH","channel":0,"token":"# + JSONText.quoted(token.reveal()) + "}"
        case .keepalive: return #"{"type":"KEEPALIVE","channel":0}"#
        case .openChannel(let channel):
            return #"{"type":"CHANNEL_REQUEST","channel":\#(channel),"service":"FEED","#
                + #""parameters":{"contract":"AUTO"}}"#
        case .feedSetup(let channel, let period):
            let fields = FeedEventType.allCases.map { type in
                let names = type.requestedFields.map { JSONText.quoted($0.rawValue) }.joined(separator: ",")
                return "\(JSONText.quoted(type.rawValue)):[\(names)]"
            }
            return #"{"type":"FEED_SETUP","channel":\#(channel),"acceptAggregationPeriod":\#(period),"#
                + #""acceptDataFormat":"COMPACT","acceptEventFields":{"# + fields.joined(separator: ",") + "}}"
        case .subscribe(let channel, let reset, let add, let remove):
            var text = #"{"type":"FEED_SUBSCRIPTION","channel":\#(channel)"#
            if reset { text += #","reset":true"# }
            if !add.isEmpty { text += #","add":["# + add.map(Self.text).joined(separator: ",") + "]" }
            if !remove.isEmpty { text += #","remove":["# + remove.map(Self.text).joined(separator: ",") + "]" }
            return text + "}"
        case .candleSetup(let channel):
            let names = CandleRows.requestedFields.map { JSONText.quoted($0) }.joined(separator: ",")
            return #"{"type":"FEED_SETUP","channel":\#(channel),"acceptAggregationPeriod":1,"#
                + #""acceptDataFormat":"COMPACT","acceptEventFields":{"Candle":[\#(names)]}}"#
        case .subscribeCandles(let channel, let add, let remove, let from):
            return Self.candles(channel, add, remove, from)
        case .closeChannel(let channel): return #"{"type":"CHANNEL_CANCEL","channel":\#(channel)}"#
        }
    }

    private static func candles(_ channel: Int, _ add: [String], _ remove: [String], _ from: Timestamp) -> String {
        func list(_ symbols: [String]) -> String {
            symbols.map {
                #"{"type":"Candle","symbol":\#(JSONText.quoted($0)),"fromTime":\#(from.microseconds / 1000)}"#
            }.joined(separator: ",")
        }
        var text = #"{"type":"FEED_SUBSCRIPTION","channel":\#(channel)"#
        if !add.isEmpty { text += #","add":["# + list(add) + "]" }
        if !remove.isEmpty { text += #","remove":["# + list(remove) + "]" }
        return text + "}"
    }

    static func text(_ subscription: FeedSubscription) -> String {
        #"{"type":"\#(subscription.type.rawValue)","symbol":\#(JSONText.quoted(subscription.symbol))}"#
    }

    /// Subscription changes in frames within the size limit; the first one resets when asked to.
    static func subscriptions(
        channel: Int, reset: Bool, add: [FeedSubscription], remove: [FeedSubscription]
    ) -> [DXLinkRequest] {
        let overhead = 120
        var frames: [DXLinkRequest] = []
        var adds: [FeedSubscription] = []
        var removes: [FeedSubscription] = []
        var size = overhead
        func flush() {
            guard !adds.isEmpty || !removes.isEmpty else { return }
            frames.append(
                .subscribe(channel: channel, reset: reset && frames.isEmpty, add: adds, remove: removes))
            (adds, removes, size) = ([], [], overhead)
        }
        for (subscription, isAdded) in remove.map({ ($0, false) }) + add.map({ ($0, true) }) {
            let length = text(subscription).utf8.count + 1
            if size + length > maximumSubscriptionBytes { flush() }
            if isAdded { adds.append(subscription) } else { removes.append(subscription) }
            size += length
        }
        flush()
        return frames
    }
}
