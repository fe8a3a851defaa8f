import BrokerKit
import Testing

@testable import Tastytrade

struct DXLinkSessionTests {
    private static let token = SecretString("quote-token")
    private static let spy = FeedSubscription(type: .quote, symbol: "SPY")
    private static let qqq = FeedSubscription(type: .quote, symbol: "QQQ")

    private enum Stage: CaseIterable {
        case awaitingSetup, awaitingAuthState, awaitingAuthorization, awaitingChannel, awaitingConfig, live
    }

    private func session(at stage: Stage, wanting: Set<FeedSubscription> = []) -> DXLinkSession {
        var session = DXLinkSession(.init(token: Self.token, tokenEndsAt: .seconds(80_000)))
        _ = session.want(wanting, at: .zero)
        _ = session.opened(at: .zero)
        let messages: [DXLinkMessage] = [
            .setup(keepaliveTimeout: 60), .authState(isAuthorized: false), .authState(isAuthorized: true),
            .channelOpened(1), .feedConfig(channel: 1, eventFields: [:]),
        ]
        for (step, message) in zip(Stage.allCases, messages) where step != stage {
            if Stage.allCases.firstIndex(of: step) ?? 0 < Stage.allCases.firstIndex(of: stage) ?? 0 {
                _ = session.received(message, at: .zero)
            }
        }
        return session
    }

    @Test func handshake_goesStepByStep() {
        var session = DXLinkSession(.init(token: Self.token, tokenEndsAt: .seconds(80_000)))
        #expect(session.want([Self.spy], at: .zero) == [])
        #expect(session.opened(at: .zero) == [.send(.setup(keepalive: 60))])
        #expect(session.received(.setup(keepaliveTimeout: 60), at: .zero) == [])
        #expect(session.received(.authState(isAuthorized: false), at: .zero) == [.send(.auth(Self.token))])
        #expect(session.received(.authState(isAuthorized: true), at: .zero) == [.send(.openChannel(1))])
        #expect(
            session.received(.channelOpened(1), at: .zero) == [.send(.feedSetup(channel: 1, aggregationPeriod: 0.25))])
        #expect(
            session.received(.feedConfig(channel: 1, eventFields: [:]), at: .zero) == [
                .ready, .send(.subscribe(channel: 1, reset: true, add: [Self.spy], remove: [])),
            ])
        #expect(session.isLive)
    }

    @Test func authorization_isSkipped_whenTheServerWantsNone() {
        var session = session(at: .awaitingAuthState)
        #expect(session.received(.authState(isAuthorized: true), at: .zero) == [.send(.openChannel(1))])
    }

    /// Every stage against every event: what is out of order changes nothing, or ends the connection.
    @Test func events_areSafeInEveryStage() {
        let events: [DXLinkMessage] = [
            .setup(keepaliveTimeout: nil), .keepalive, .authState(isAuthorized: true), .authState(isAuthorized: false),
            .error(channel: 0, type: "TIMEOUT", message: ""), .error(channel: 1, type: "BAD_ACTION", message: "x"),
            .error(channel: 1, type: "UNAUTHORIZED", message: ""), .channelOpened(1), .channelOpened(3),
            .channelClosed(1), .channelClosed(3), .feedConfig(channel: 1, eventFields: ["Quote": ["eventSymbol"]]),
            .feedConfig(channel: 3, eventFields: [:]), .feedData(channel: 1, data: 0..<2),
            .feedData(channel: 3, data: 0..<2), .unknown("NEWS"),
        ]
        // One letter a cell: . nothing, s sends, E ends, c configures, r becomes ready, d decodes, R reports.
        let expected: [Stage: String] = [
            .awaitingSetup: "..EEEEE.........", .awaitingAuthState: "..ssEEE.........",
            .awaitingAuthorization: "..sEEEE.........", .awaitingChannel: "...EEEEs.s......",
            .awaitingConfig: "...EEEE..s.r.d..", .live: "...EERE..s.c.d..",
        ]
        for stage in Stage.allCases {
            var found = ""
            for event in events {
                var session = session(at: stage)
                found.append(Self.letter(session.received(event, at: .seconds(1))))
            }
            #expect(found == expected[stage], "\(stage)")
        }
    }

    private static func letter(_ actions: [DXLinkSession.Action]) -> Character {
        for action in actions {
            if case .end = action { return "E" }
            if case .decode = action { return "d" }
            if case .ready = action { return "r" }
            if case .send = action { return "s" }
        }
        if actions.contains(where: { if case .configure = $0 { true } else { false } }) { return "c" }
        return actions.isEmpty ? "." : "R"
    }

    @Test func step_timesOut_inEveryStageOfTheHandshake() {
        for stage in Stage.allCases where stage != .live {
            var session = session(at: stage)
            #expect(session.tick(at: .seconds(9)) == [])
            let actions = session.tick(at: .seconds(10))
            guard case .end(.stepTimedOut) = actions.first else {
                Issue.record("\(stage) did not time out: \(actions)")
                continue
            }
            #expect(session.tick(at: .seconds(11)) == [])
            #expect(session.received(.keepalive, at: .seconds(11)) == [])
        }
    }

    @Test func keepalive_isSentWhenNothingElseWas() {
        var session = session(at: .live)
        _ = session.received(.keepalive, at: .seconds(29))
        #expect(session.tick(at: .seconds(29)) == [])
        #expect(session.tick(at: .seconds(30)) == [.send(.keepalive)])
        #expect(session.tick(at: .seconds(31)) == [])
        #expect(session.want([Self.spy], at: .seconds(50)).count == 1)
        _ = session.received(.keepalive, at: .seconds(60))
        #expect(session.tick(at: .seconds(61)) == [])
    }

    @Test func keepalive_followsAShorterTimeoutOfTheServer() {
        var session = DXLinkSession(.init(token: Self.token, tokenEndsAt: .seconds(80_000)))
        _ = session.opened(at: .zero)
        _ = session.received(.setup(keepaliveTimeout: 4), at: .zero)
        #expect(session.tick(at: .seconds(2)) == [.send(.keepalive)])
    }

    @Test func silence_endsTheConnection() {
        var session = session(at: .live)
        _ = session.received(.keepalive, at: .seconds(20))
        _ = session.tick(at: .seconds(79))
        #expect(session.tick(at: .seconds(80)) == [.end(.silent)])
    }

    @Test func token_isRenewedBeforeItsEnd() {
        var session = session(at: .live)
        _ = session.received(.keepalive, at: .seconds(79_990))
        #expect(session.tick(at: .seconds(80_000)) == [.end(.tokenAged)])
    }

    @Test func subscriptions_areSentByDifference() {
        var session = session(at: .live, wanting: [Self.spy])
        #expect(session.want([Self.spy], at: .zero) == [])
        #expect(
            session.want([Self.qqq], at: .zero) == [
                .send(.subscribe(channel: 1, reset: false, add: [Self.qqq], remove: [Self.spy]))
            ])
        #expect(
            session.want([], at: .zero) == [
                .send(.subscribe(channel: 1, reset: false, add: [], remove: [Self.qqq]))
            ])
    }

    @Test func channel_isOpenedAgain_whenTheServerClosesIt() {
        var session = session(at: .live, wanting: [Self.spy])
        let actions = session.received(.channelClosed(1), at: .zero)
        #expect(actions.suffix(2) == [.forgetLayouts, .send(.openChannel(3))])
        _ = session.received(.channelOpened(3), at: .zero)
        #expect(
            session.received(.feedConfig(channel: 3, eventFields: [:]), at: .zero)
                == [.ready, .send(.subscribe(channel: 3, reset: true, add: [Self.spy], remove: []))])
    }

    @Test func channel_isGivenUp_whenItKeepsClosing() {
        var session = session(at: .live)
        var ended = false
        for channel in stride(from: 1, through: 19, by: 2) where !ended {
            ended = session.received(.channelClosed(channel), at: .zero).contains {
                if case .end(.protocolViolation) = $0 { true } else { false }
            }
        }
        #expect(ended)
    }

    @Test func subscriptionFrames_stayBelowTheLimit() throws {
        let many = (0..<3000).map { FeedSubscription(type: .greeks, symbol: ".SPXW261218C\(1000 + $0)") }
        let frames = DXLinkRequest.subscriptions(channel: 1, reset: true, add: many, remove: many)
        #expect(frames.allSatisfy { $0.text.utf8.count <= DXLinkRequest.maximumSubscriptionBytes })
        var added: [FeedSubscription] = []
        var removed = 0
        for (place, frame) in frames.enumerated() {
            guard case .subscribe(_, let reset, let add, let remove) = frame else { continue }
            #expect(reset == (place == 0))
            #expect(throws: Never.self) { try JSONParser.parse(Array(frame.text.utf8)) }
            added += add
            removed += remove.count
        }
        #expect(added == many)
        #expect(removed == many.count)
    }

    @Test(arguments: [
        DXLinkRequest.setup(keepalive: 60), .auth(SecretString("a\"b")), .keepalive, .openChannel(1),
        .feedSetup(channel: 1, aggregationPeriod: 0.25),
    ])
    func requests_areJSON(_ request: DXLinkRequest) throws {
        let frame = try #require(try JSONParser.parse(Array(request.text.utf8)).object)
        #expect(frame["type"]?.string != nil)
        #expect(frame["channel"] != nil)
    }
}
