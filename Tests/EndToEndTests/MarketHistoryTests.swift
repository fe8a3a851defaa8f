import Foundation
import NIOConcurrencyHelpers
import Sandbox
import Testing

/// Daily prices and exchange rates over a live sandbox.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct MarketHistoryTests {
    private static let file = """
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/x">
        <Cube><Cube time="2026-11-19"><Cube currency="USD" rate="1.1"/></Cube>
        <Cube time="2026-11-20"><Cube currency="USD" rate="1.1357"/><Cube currency="INR" rate="97.0205"/></Cube></Cube>
        </gesmes:Envelope>
        """

    private func write(_ text: String, _ name: String, _ demo: Demo) throws -> String {
        let path = demo.program.home.appendingPathComponent(name).path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func service_reads500Days_ofWhatIsHeldAndOfTheIndex() async throws {
        try await withService { demo, _ in
            let rows = try await eventually("daily prices") {
                let rows = try await demo.document("prices")["instruments"].items
                return rows.contains { $0["symbol"].text == "SPY" } && rows.count >= 5 ? rows : nil
            }
            for row in rows {
                #expect(row["source"].text == "tastytrade")
                #expect(row["days"].double == 500, "\(row)")
            }
            let spy = try await demo.command(["prices", "SPY", "--json", "--quiet"])
            let prices = try JSON(parsing: spy.out)["prices"].items
            #expect(prices.count == 500)
            #expect(prices.allSatisfy { $0["currency"].text == "USD" })
            let csv = try write("symbol,date,close\nSPY,2026-11-19,1234.5\n", "closes.csv", demo)
            #expect(try await demo.command(["prices", "import", csv, "--dry-run"]).status == 0)
            #expect(
                try JSON(parsing: (try await demo.command(["prices", "import", csv, "--json"])).out)["written"].double
                    == 1)
            let bad = try write("symbol,date,close\nSPY,2026-11-18,5\nNOPE,2026-11-18,5\n", "bad.csv", demo)
            let refused = try await demo.command(["prices", "import", bad])
            #expect(refused.status == 65)
            #expect(refused.err.contains("bad.csv:3:") && refused.err.contains("symbol"))
            let again = try JSON(parsing: (try await demo.command(["prices", "SPY", "--json", "--quiet"])).out)
            let imported = again["prices"].items.filter { $0["source"].text == "file:closes.csv" }
            #expect(imported.map { $0["close"].text } == ["1234.5"])
        }
    }

    @Test func rates_areImported_answeredForADate_andKeptOverARestart() async throws {
        try await withDemo { demo in
            let path = try write(Self.file, "eurofxref.xml", demo)
            let first = try await demo.command(["fx", "import", path, "--json", "--quiet"])
            #expect(first.status == 0, "\(first.err)")
            #expect(try JSON(parsing: first.out)["written"].double == 3)
            let second = try await demo.command(["fx", "import", path, "--json", "--quiet"])
            #expect(try JSON(parsing: second.out)["written"].double == 0)
            func rate(_ currency: String, _ extra: [String]) async throws -> JSON {
                let output = try await demo.command(["fx", "--json", "--quiet"] + extra)
                let rows = try JSON(parsing: output.out)["rates"].items
                return rows.first { $0["currency"].text == currency } ?? .null
            }
            let rupee = try await rate("USD", ["--currency", "INR"])
            #expect(rupee["rate"]["value"].text == "85.42792991")
            #expect(rupee["rate"]["source"].text == "ecb via EUR")
            #expect(rupee["via"].items.map(\.text) == ["EUR"])
            #expect(try await rate("EUR", ["--as-of", "2026-11-19"])["rate"]["value"].text == "1.1")
            #expect(try await rate("EUR", ["--as-of", "2026-11-18"])["rate"]["value"].text == nil)
            let bad = try write(Self.file.replacing("97.0205", with: "97,0205"), "bad.xml", demo)
            let refused = try await demo.command(["fx", "import", bad])
            #expect(refused.status == 65)
            #expect(refused.err.contains("bad.xml:3:") && refused.err.contains("rate"))
            #expect(try await demo.command(["fx", "--as-of", "tomorrow"]).status == 64)
            #expect(try await demo.command(["fx", "--currency", "usd"]).status == 64)
        }
    }

    @Test func download_keepsTheRates_andAFailedOneSaysSoWithoutTouchingThem() async throws {
        let isBroken = NIOLockedValueBox(false)
        let server = try await LoopbackServer.start(
            handlers: .init(request: { request in
                if isBroken.withLockedValue({ $0 }) { return SandboxResponse(status: 503) }
                return SandboxResponse(status: request.rawPath == "/daily.xml" ? 200 : 404, body: Array(Self.file.utf8))
            }))
        for isDown in [false, true] {
            isBroken.withLockedValue { $0 = isDown }
            let settings = "fx: {ecb: {url: \"\(server.httpURL)/daily.xml\"}}"
            try await withService(extra: settings) { demo, _ in
                if isDown {
                    let path = try write(Self.file, "eurofxref.xml", demo)
                    #expect(try await demo.command(["fx", "import", path]).status == 0)
                }
                try await demo.when("ecb", is: [isDown ? "degraded" : "live"])
                let message = try await demo.row(of: "ecb")["message"].text
                #expect(message == (isDown ? "the rates' server answered 503; the rates held stay" : nil))
                let rows = try await demo.document("fx")["rates"].items
                let euro = try #require(rows.first { $0["currency"].text == "EUR" })
                #expect(euro["rate"]["value"].text == "1.1357")
                #expect(try await demo.state(of: "tastytrade") == "live")
            }
        }
        await server.stop()
    }
}
