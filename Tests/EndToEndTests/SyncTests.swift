import Foundation
import PortfolioModel
import Testing

/// One full round without a service.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct SyncTests {
    private func holdings(_ demo: Demo) async throws -> [String: String] {
        let rows = try await demo.document("positions")["positions"].items
        return Dictionary(rows.map { (BookCheck.name($0), $0["quantity"].text ?? "?") }) { "\($0) and \($1)" }
    }

    @Test func sync_storesEveryAccount_andKeepsThemWhenTheVenueFails() async throws {
        try await withDemo { demo in
            let output = try await demo.command(["sync", "--json", "--quiet"])
            #expect(output.status == 0, "\(output.err)")
            let outcomes = try JSON(parsing: output.out)["brokers"].items
            #expect(outcomes.contains { $0["broker"].text == "tastytrade" && $0["ok"] == .bool(true) })
            let held = try await holdings(demo)
            #expect(Set(held.keys.map { $0.prefix { $0 != " " } }).count >= 2, "several accounts of one login")

            for (fault, words) in [("throttle", "429"), ("serverError", "500"), ("htmlBody", "502")] {
                try await demo.venue.perform(fault, ["count": -1])
                let failed = try await demo.command(["sync", "--json", "--quiet"])
                try await demo.venue.perform(fault, ["count": 0])
                #expect(failed.status == 2, "\(fault): \(failed.err)")
                let failures = try JSON(parsing: failed.out)["brokers"].items.filter { $0["ok"] == .bool(false) }
                #expect(failures.compactMap { $0["broker"].text } == ["tastytrade"], "\(fault)")
                #expect(failures.first?["message"].text?.contains(words) == true, "\(fault): \(failed.text)")
                #expect(try await holdings(demo) == held, "\(fault) keeps what was good")
            }
            #expect(try await demo.command(["sync", "--quiet"]).status == 0, "and it recovers")
            #expect(try await holdings(demo) == held)
            #expect(try await demo.command(["sync", "--broker", "nobody", "--json"]).status == 64)
        }
    }

    @Test func sync_goesThroughTheService_whileOneRuns() async throws {
        try await withService(tastytrade: Demo.quick) { demo, service in
            let output = try await demo.command(["sync", "--broker", "tastytrade", "--json", "--quiet"])
            #expect(output.status == 0, "\(output.err)")
            #expect(try JSON(parsing: output.out)["brokers"].items.count == 1)
            try await demo.venue.perform("htmlBody", ["count": -1])
            let failed = try await demo.command(["sync", "--json", "--quiet"])
            #expect(failed.status == 2)
            #expect(failed.text.contains("tastytrade"))
            #expect(service.isRunning)
        }
    }
}
