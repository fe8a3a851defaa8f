import Foundation
import PortfolioModel
import Testing

/// Tokens that end, and a login that is refused.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TokenFaultTests {
    /// States that a broker is seen in while a body of work and some seconds go by.
    private func states(_ demo: Demo, during seconds: Double, _ start: () async throws -> Void) async throws -> Set<
        String
    > {
        try await start()
        let end = Date().addingTimeInterval(seconds)
        var seen: Set<String> = []
        while Date() < end {
            let row = try await demo.row(of: "tastytrade")
            seen.insert([row["state"].text ?? "none", row["message"].text].compactMap { $0 }.joined(separator: ": "))
            try await Task.sleep(for: .milliseconds(300))
        }
        return seen
    }

    private func tokenRequests(_ demo: Demo) async throws -> Double {
        try #require(try await demo.venue.stats()["tokenRequests"].double)
    }

    @Test func accessTokens_areRenewedEarlyAndSparingly_whenTheyLiveShortly() async throws {
        try await withDemo(tastytrade: Demo.quick) { demo in
            try await demo.venue.perform("setAccessLifetime", ["seconds": 4])
            try await withRunning(try demo.startService()) { _ in
                try await demo.whenLive()
                let before = try await tokenRequests(demo)
                let seen = try await states(demo, during: 9) {}
                #expect(seen == ["live"])
                let grown = try await tokenRequests(demo) - before
                #expect((1...5).contains(grown), "\(grown) token requests in 9 s of tokens that live 4 s")
            }
        }
    }

    /// The account stream may end for a moment, which shows; it must not take the book or the login with it.
    @Test func book_isLiveAgainByOneLogin_whenEveryAccessTokenIsTakenBack() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            let before = try await tokenRequests(demo)
            let held = try await demo.document("positions")["positions"].items.count
            let seen = try await states(demo, during: 7) { try await demo.venue.perform("expireAccessTokens") }
            #expect(seen.allSatisfy { $0 == "live" || $0.hasPrefix("degraded: the account stream") }, "\(seen)")
            try await demo.when("tastytrade", is: ["live"], within: 10)
            let grown = try await tokenRequests(demo) - before
            #expect((1...2).contains(grown), "\(grown) token requests for one expiry")
            #expect(try await demo.document("positions")["positions"].items.count == held)
        }
    }

    @Test func feed_comesBackWithANewToken_whenTheQuoteTokenIsRevoked() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            let before = try #require(try await demo.venue.stats()["dxlinkConnections"].double)
            try await demo.venue.perform("expireQuoteTokens")
            try await demo.venue.perform("revokeAuth")
            _ = try await eventually("a second feed connection", within: 10) {
                let now = try await demo.venue.stats()["dxlinkConnections"].double ?? 0
                return now > before ? now : nil
            }
            try await demo.whenLive(within: 15)
            let made = (try await demo.venue.stats()["dxlinkConnections"].double ?? 0) - before
            #expect(made <= 3, "\(made) connections to come back")
            let streams = try await demo.row(of: "tastytrade")["streams"].items
            let feed = try #require(streams.first { $0["name"].text == "dxlink" })
            #expect(feed["receiving"] == feed["subscribed"])
        }
    }

    @Test func login_isNotTriedAgainAndAgain_whenTheGrantIsRefused() async throws {
        try await withDemo(tastytrade: Demo.quick) { demo in
            try Data("not-the-grant".utf8).write(to: demo.program.home.appendingPathComponent("token"))
            try await withRunning(try demo.startService()) { service in
                try await demo.when("tastytrade", is: ["needsLogin"], within: 15)
                try await Task.sleep(for: .seconds(7))
                #expect(try await tokenRequests(demo) == 1, "one refusal, then the hold")
                let status = try await demo.command(["status", "--json", "--quiet"])
                #expect(status.status == 2)
                let row = try await demo.row(of: "tastytrade")
                #expect(row["state"].text == "needsLogin")
                #expect(row["message"].text?.contains("grant") == true)
                #expect(try await demo.document("accounts")["accounts"].items.isEmpty, "no account is made up")
                #expect(!service.errorSoFar.contains("not-the-grant"))
            }
        }
    }
}
