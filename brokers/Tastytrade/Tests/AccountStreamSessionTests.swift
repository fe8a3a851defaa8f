import PortfolioModel
import Testing

@testable import Tastytrade

struct AccountStreamSessionTests {
    private func session() -> AccountStreamSession {
        AccountStreamSession(stepTimeout: .seconds(10), heartbeatInterval: .seconds(20), silenceLimit: .seconds(60))
    }

    private func connected() -> AccountStreamSession {
        var session = session()
        _ = session.opened(at: .zero)
        _ = session.acknowledged(action: "connect", isOK: true, message: "", at: .zero)
        return session
    }

    @Test func connect_isAcknowledged_thenHeartbeatsFollow() {
        var session = session()
        #expect(session.opened(at: .zero) == [.connect(1)])
        #expect(session.tick(at: .seconds(9)) == [])
        #expect(session.acknowledged(action: "connect", isOK: true, message: "", at: .seconds(9)) == [.ready])
        #expect(session.tick(at: .seconds(28)) == [])
        #expect(session.tick(at: .seconds(29)) == [.heartbeat(2)])
        #expect(session.tick(at: .seconds(30)) == [])
        #expect(session.tick(at: .seconds(49)) == [.heartbeat(3)])
    }

    @Test func connect_timesOut() {
        var session = session()
        _ = session.opened(at: .zero)
        #expect(session.tick(at: .seconds(10)) == [.end(.connectTimedOut)])
        #expect(session.tick(at: .seconds(11)) == [])
    }

    @Test(arguments: ["failed", "connect-not-completed", "not-implemented"])
    func refusal_endsTheConnection(_ message: String) {
        var connecting = session()
        _ = connecting.opened(at: .zero)
        let end = [AccountStreamSession.Action.end(.refused(action: "connect", message))]
        #expect(connecting.acknowledged(action: "connect", isOK: false, message: message, at: .zero) == end)
        var connected = connected()
        #expect(connected.acknowledged(action: "heartbeat", isOK: true, message: "", at: .zero) == [])
        #expect(connected.acknowledged(action: "connect", isOK: false, message: message, at: .zero) == end)
    }

    @Test func silence_endsTheConnection() {
        var session = connected()
        session.heard(at: .seconds(5))
        _ = session.tick(at: .seconds(64))
        #expect(session.tick(at: .seconds(65)) == [.end(.silent)])
    }

    @Test func frames_areTold() throws {
        func decode(_ text: String) throws -> [AccountStreamMessage] {
            try AccountStreamMessage.decode(Array(text.utf8))
        }
        let position =
            #"{"type":"CurrentPosition","timestamp":1,"data":{"account-number":"5WX1","symbol":"SPY","#
            + #""quantity":1,"quantity-direction":"Long"}}"#
        guard case .position("5WX1", let wire)? = try decode(position).first else {
            Issue.record("not a position")
            return
        }
        #expect(wire.quantity == 1)
        let both = try decode(#"{"results":[\#(position),{"type":"QuoteAlert","data":{}},7]}"#)
        #expect(both.count == 3)
        guard case .ignored("QuoteAlert") = both[1], case .unreadable = both[2] else {
            Issue.record("an unknown type is passed over, a number is not")
            return
        }
        guard case .unreadable? = try decode(#"{"type":"Order","data":{"id":1,"status":"Live"}}"#).first else {
            Issue.record("an order without account was taken")
            return
        }
        guard case .ack("connect", true, _)? = try decode(#"{"status":"ok","action":"connect"}"#).first else {
            Issue.record("not an acknowledgement")
            return
        }
        #expect(throws: JSONError.self) { try decode("not json") }
    }
}
