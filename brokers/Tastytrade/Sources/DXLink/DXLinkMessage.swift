/// One frame from the server, as far as it matters here.
enum DXLinkMessage: Sendable, Equatable {
    /// The server closes when it hears nothing for so many seconds.
    case setup(keepaliveTimeout: Double?)
    case keepalive
    case authState(isAuthorized: Bool)
    case error(channel: Int, type: String, message: String)
    case channelOpened(Int)
    case channelClosed(Int)
    case feedConfig(channel: Int, eventFields: [String: [String]])
    /// The range of the `data` array in the frame's bytes.
    case feedData(channel: Int, data: Range<Int>)
    case unknown(String)

    /// Reads a frame's head and passes over the rest; FEED_DATA is decoded by `FeedDecoder`. Throws `JSONError`.
    init(_ bytes: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner(bytes)
        var type: String?
        var channel = 0
        var data: Range<Int>?
        try scanner.expect(UInt8(ascii: "{"))
        var isFirst = true
        while try scanner.next(until: UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            let key = try scanner.key()
            switch key {
            case "type" where scanner.peek() == UInt8(ascii: "\""): type = try scanner.string()
            case "channel":
                let range = try scanner.skipValue()
                channel = Int(String(decoding: bytes[range], as: UTF8.self)) ?? -1
            case "data": data = try scanner.skipValue()
            default: _ = try scanner.skipValue()
            }
        }
        try scanner.expectEnd()
        guard let type else { throw JSONError(reason: "a frame without a type", offset: 0) }
        if type == "FEED_DATA" {
            guard let data else { throw JSONError(reason: "FEED_DATA without data", offset: 0) }
            self = .feedData(channel: channel, data: data)
        } else {
            self = try Self.control(type, channel, bytes)
        }
    }

    private static func control(_ type: String, _ channel: Int, _ bytes: [UInt8]) throws(JSONError) -> DXLinkMessage {
        switch type {
        case "KEEPALIVE": return .keepalive
        case "CHANNEL_OPENED": return .channelOpened(channel)
        case "CHANNEL_CLOSED": return .channelClosed(channel)
        case "SETUP", "AUTH_STATE", "ERROR", "FEED_CONFIG": break
        default: return .unknown(String(type.prefix(40)))
        }
        guard let frame = try JSONParser.parse(bytes).object else {
            throw JSONError(reason: "a frame is not an object", offset: 0)
        }
        switch type {
        case "SETUP":
            guard case .number(let text)? = frame["keepaliveTimeout"] else { return .setup(keepaliveTimeout: nil) }
            return .setup(keepaliveTimeout: Double(text))
        case "AUTH_STATE": return .authState(isAuthorized: frame["state"]?.string == "AUTHORIZED")
        case "ERROR":
            return .error(
                channel: channel, type: String((frame["error"]?.string ?? "UNKNOWN").prefix(40)),
                message: String((frame["message"]?.string ?? "").prefix(200)))
        default:
            var fields: [String: [String]] = [:]
            for (name, list) in frame["eventFields"]?.object?.members ?? [:] {
                fields[name] = list.array?.compactMap(\.string)
            }
            return .feedConfig(channel: channel, eventFields: fields)
        }
    }
}

extension DXLinkMessage {
    /// The channel a frame is about; nil for the connection's own.
    var channel: Int? {
        switch self {
        case .error(let channel, _, _), .channelOpened(let channel), .channelClosed(let channel),
            .feedConfig(let channel, _), .feedData(let channel, _):
            channel
        case .setup, .keepalive, .authState, .unknown: nil
        }
    }
}
