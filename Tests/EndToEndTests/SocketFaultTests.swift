import Foundation
import PortfolioModel
import Testing

/// Sockets that end, fall silent or talk nonsense, and a venue that is gone.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct SocketFaultTests {
    /// Quantity of every position; the same before, during and after a fault of the streams.
    private func holdings(_ document: JSON) -> [String: String] {
        Dictionary(
            document["positions"].items.map { (BookCheck.name($0), $0["quantity"].text ?? "?") }
        ) { "\($0) and \($1)" }
    }

    /// Nothing that only the feed can say is called confirmed; the broker's own marks may stand in.
    private func isHonestWithoutFeed(_ document: JSON) -> Bool {
        document["positions"].items.allSatisfy { row in
            let isMarkHonest = row["mark"]["state"].text == "stale" || row["mark"]["rule"].text == "broker-mark"
            return isMarkHonest && (!isOption(row) || row["unitGreeks"]["state"].text == "stale")
        }
    }

    /// The streams end by `fault` and cannot be made again for a while.
    private func checkLoss(_ fault: String) async throws {
        try await withService(tastytrade: Demo.quick(silenceLimit: 4)) { demo, _ in
            let before = holdings(try await demo.document("positions"))
            try await demo.venue.perform("refuseUpgrade", ["count": -1])
            try await demo.venue.perform(fault)
            try await demo.when("tastytrade", is: ["degraded"], within: 12)
            let during = try await eventually("figures that are honest without a feed", within: 8) {
                let document = try await demo.document("positions")
                return isHonestWithoutFeed(document) ? document : nil
            }
            let row = try await demo.row(of: "tastytrade")
            #expect(row["streams"].items.allSatisfy { $0["receiving"].double == 0 }, "\(row["streams"])")
            #expect(row["message"].text?.isEmpty == false)
            #expect(holdings(during) == before)
            #expect(during["positions"].items.allSatisfy { $0["mark"]["value"].decimal != nil }, "the last marks stay")
            #expect(try await demo.command(["status", "--quiet"]).status == 2)
            try await demo.venue.perform("refuseUpgrade", ["count": 0])
            try await demo.whenLive(within: 40)
            #expect(holdings(try await demo.document("positions")) == before)
        }
    }

    @Test func book_keepsItsPositionsAndSaysStale_whenTheSocketsDrop() async throws {
        try await checkLoss("dropSockets")
    }

    @Test func silence_isNoticed_whenTheSocketsStayOpen() async throws {
        try await checkLoss("stallSockets")
    }

    @Test func feed_survives_whenFramesAreMalformed() async throws {
        try await withService(tastytrade: Demo.quick) { demo, _ in
            let connections = try await demo.venue.stats()["dxlinkConnections"]
            try await demo.venue.perform("malformedFrame")
            for text in ["", "{}", "[1,2", #"{"type":"FEED_DATA","channel":1,"data":["Quote",[1e999]]}"#, "\u{0}\u{1}"]
            {
                try await demo.venue.perform("malformedFrame", ["text": text])
            }
            let alarm = try await eventually("an alarm", within: 8) {
                try await demo.document("status")["alarms"].items.compactMap(\.text).first {
                    $0.contains("could not be read")
                }
            }
            #expect(alarm.contains("dxlink"))
            let before = try await demo.row(of: "tastytrade")["streams"]
            _ = try await eventually("the stream going on", within: 8) {
                try await demo.row(of: "tastytrade")["streams"] == before ? nil : true
            }
            try await demo.whenLive(within: 10)
            #expect(try await demo.venue.stats()["dxlinkConnections"] == connections, "the connection was kept")
        }
    }

    @Test func book_isWholeAndStale_whenTheVenueIsGone() async throws {
        try await withService(tastytrade: Demo.quick) { demo, service in
            let before = try await demo.document("status")
            let held = holdings(try await demo.document("positions"))
            demo.simulator.signal(SIGKILL)
            try await demo.when("tastytrade", is: ["degraded", "stale"], within: 8)
            try await demo.when("tastytrade", is: ["stale"], within: 25)
            let output = try await demo.command(["status", "--json", "--quiet"])
            #expect(output.status == 2)
            let status = try JSON(parsing: output.out)
            #expect(status["totals"]["cash"]["known"] == before["totals"]["cash"]["known"])
            #expect(status["totals"]["netLiq"]["state"].text == "stale")
            #expect(status["book"]["positions"] == before["book"]["positions"])
            #expect(status["book"]["confirmed"].double == 0)
            let rows = try await demo.document("positions")
            #expect(holdings(rows) == held)
            #expect(rows["positions"].items.allSatisfy { $0["state"].text == "stale" })
            #expect(service.isRunning)
        }
    }
}
