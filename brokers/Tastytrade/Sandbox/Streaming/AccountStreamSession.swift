import Foundation
import Sandbox

/// One account streamer connection as a value. Subscriptions and heartbeats count only after a successful connect.
struct AccountStreamSession: Sendable {
    private(set) var accounts: Set<String> = []
    private(set) var heartbeats = 0
    private var isConnected = false
    private var isClosed = false
    private var lastHeard: Double
    private let sessionID: String

    init(id: Int, now: Date) {
        sessionID = "5a4d" + String(0x1000 + id, radix: 16)
        lastHeard = now.timeIntervalSince1970
    }

    mutating func receive(_ text: String, now: Date, state: VenueState) -> [StreamAction] {
        lastHeard = now.timeIntervalSince1970
        guard text.utf8.count <= state.faults.maxFrameBytes else { return [.close(code: 1009)] }
        let message = SandboxJSON.parse(text.utf8)
        let action = message?["action"]?.text ?? ""
        func failed(_ words: String) -> [StreamAction] {
            reply("error", action, message, [.init("message", .string(words))])
        }
        guard let message,
            ["connect", "heartbeat", "account-subscribe"].contains(action) || action.hasSuffix("-subscribe")
        else { return failed("not-implemented") }
        guard state.credentials.acceptsAuthorization(message["auth-token"]?.text, now: now) else {
            return failed("failed")
        }
        switch action {
        case "connect", "account-subscribe":
            let asked = message["value"]?.elements?.compactMap(\.text) ?? [message["value"]?.text].compactMap { $0 }
            guard !asked.isEmpty, asked.allSatisfy({ state.ledger($0) != nil }) else { return failed("failed") }
            accounts.formUnion(asked)
            isConnected = true
            return reply("ok", action, message, [.init("value", .array(asked.map { .string($0) }))])
        case "heartbeat":
            guard isConnected else { return failed("not-implemented") }
            heartbeats += 1
            return reply("ok", action, message, [])
        default:
            return isConnected ? reply("ok", action, message, []) : failed("connect-not-completed")
        }
    }

    /// Ends a connection whose client has been silent for too long.
    mutating func tick(now: Date, faults: Faults) -> [StreamAction] {
        guard !isClosed, now.timeIntervalSince1970 - lastHeard > faults.keepaliveTimeout else { return [] }
        isClosed = true
        return [.close(code: 1000)]
    }

    private func reply(
        _ status: String, _ action: String, _ message: SandboxJSON?, _ more: [SandboxJSON.Member]
    ) -> [StreamAction] {
        var members: [SandboxJSON.Member] = [
            .init("status", .string(status)), .init("action", .string(action)),
            .init("web-socket-session-id", .string(sessionID)),
        ]
        if let id = message?["request-id"] { members.append(.init("request-id", id)) }
        return [.send(SandboxJSON.object(members + more).rendered)]
    }
}
