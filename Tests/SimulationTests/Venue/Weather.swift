/// What goes wrong for a while. Several hours of a run see most of them.
enum Weather: String, CaseIterable, Sendable {
    case calm
    /// 5xx, HTML, timeouts, cut or foreign bodies.
    case flakyRequests
    /// 429, with and without `Retry-After`.
    case throttled
    case droppingSockets
    /// Streams stay open and say nothing more.
    case stalledSockets
    /// Frames that are cut, unknown or full of NaN, beside the good ones.
    case mangledFrames
    /// Access and quote tokens are withdrawn before their time.
    case expiredTokens
    /// The grant itself is refused.
    case refusedLogin
    /// Nothing answers at all.
    case outage
    /// The journal throws, before or after it has written.
    case refusingStore

    /// Fair in four draws of ten, else any of the others.
    static func next(using random: inout some RandomNumberGenerator) -> Weather {
        if Int.random(in: 0..<10, using: &random) < 4 { return .calm }
        return allCases.dropFirst().randomElement(using: &random) ?? .calm
    }
}
