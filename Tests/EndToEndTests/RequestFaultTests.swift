import Foundation
import PortfolioModel
import Testing

/// A venue that asks for fewer requests, or answers with what is no answer.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct RequestFaultTests {
    private func requests(_ demo: Demo) async throws -> Double {
        try #require(try await demo.venue.stats()["requestCount"].double)
    }

    /// Cash and number of positions of every account.
    private func accounts(_ demo: Demo) async throws -> [String: String] {
        let rows = try await demo.document("positions")["positions"].items
        var result: [String: String] = [:]
        for account in try await demo.document("accounts")["accounts"].items {
            let id = account["id"].text ?? "?"
            let count = rows.count { $0["account"]["id"].text == id }
            result[id] = "\(account["cash"]["known"].text ?? "?"), \(count) positions"
        }
        return result
    }

    @Test func requests_pauseAndGoOn_whenTheVenueThrottles() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            let held = try await accounts(demo)
            let before = try await requests(demo)
            try await demo.venue.perform("throttle", ["count": 2])
            try await demo.when("tastytrade", is: ["degraded"], within: 10)
            let message = try await demo.row(of: "tastytrade")["message"].text
            #expect(message?.contains("429") == true || message?.contains("fewer requests") == true, "\(message ?? "")")
            #expect(try await requests(demo) - before <= 6, "throttled requests are not hammered")
            #expect(try await accounts(demo) == held)
            try await demo.when("tastytrade", is: ["live"], within: 30)
            #expect(try await accounts(demo) == held)
        }
    }

    @Test(arguments: ["serverError", "htmlBody"])
    func accounts_areKept_whenEveryAnswerIsBroken(fault: String) async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            let held = try await accounts(demo)
            #expect(held.count >= 2)
            let before = try await requests(demo)
            try await demo.venue.perform(fault, ["count": -1])
            try await demo.when("tastytrade", is: ["degraded"], within: 12)
            #expect(try await accounts(demo) == held, "a failed request is no empty account")
            #expect(try await demo.command(["status", "--quiet"]).status == 2)
            #expect(try await requests(demo) - before <= 20)
            try await demo.venue.perform(fault, ["count": 0])
            // The breaker's first probe comes after 30 s.
            try await demo.when("tastytrade", is: ["live"], within: 50)
            #expect(try await accounts(demo) == held)
        }
    }

    @Test(arguments: ["serverError", "htmlBody"])
    func noAccount_isMadeUp_whenTheVenueIsBrokenFromTheStart(fault: String) async throws {
        try await withDemo(tastytrade: Demo.quick) { demo in
            try await demo.venue.perform(fault, ["count": -1])
            try await withRunning(try demo.startService()) { _ in
                try await demo.when("tastytrade", is: ["stale"], within: 15)
                #expect(try await demo.document("accounts")["accounts"].items.isEmpty)
                #expect(try await demo.document("positions")["positions"].items.isEmpty)
                try await demo.venue.perform(fault, ["count": 0])
                try await demo.whenLive(within: 60)
            }
        }
    }
}
