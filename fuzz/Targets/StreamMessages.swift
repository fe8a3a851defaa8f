import BrokerKit
import PortfolioModel

@testable import Tastytrade

/// What both streams say beside market data: lines of frames through the parsers and the sessions that act on them. The
/// first byte chooses the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: size)
    guard let first = bytes.first else { return 0 }
    let frames = bytes.dropFirst().split(separator: UInt8(ascii: "\n"), maxSplits: 30).map { Array($0) }
    if first & 1 == 0 { feed(frames) } else { accounts(frames) }
    return 0
}

private func feed(_ frames: [[UInt8]]) {
    var session = DXLinkSession(DXLinkSession.Settings(token: SecretString("token"), tokenEndsAt: .seconds(3600)))
    _ = session.want([FeedSubscription(type: .quote, symbol: "SPY")], at: .zero)
    _ = session.opened(at: .zero)
    var hasEnded = false
    for (second, frame) in frames.enumerated() {
        guard let message = try? DXLinkMessage(frame) else { continue }
        let actions = session.received(message, at: .seconds(second)) + session.tick(at: .seconds(second))
        precondition(!hasEnded || actions.isEmpty, "a session that has ended acts")
        for action in actions {
            switch action {
            case .send(let request): precondition(!request.text.isEmpty)
            case .decode(let range): precondition(range.lowerBound >= 0 && range.upperBound <= frame.count)
            case .end: hasEnded = true
            case .ready, .configure, .forgetLayouts, .report: break
            }
        }
    }
}

private func accounts(_ frames: [[UInt8]]) {
    var session = AccountStreamSession(
        stepTimeout: .seconds(10), heartbeatInterval: .seconds(20), silenceLimit: .seconds(60))
    _ = session.opened(at: .zero)
    for (second, frame) in frames.enumerated() {
        for message in (try? AccountStreamMessage.decode(frame)) ?? [] {
            guard case .ack(let action, let isOK, let text) = message else { continue }
            precondition(text.count <= 120)
            _ = session.acknowledged(action: action, isOK: isOK, message: text, at: .seconds(second))
        }
    }
}
