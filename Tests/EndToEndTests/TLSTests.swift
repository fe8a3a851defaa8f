import Foundation
import PortfolioModel
import Testing

/// The same conversation under TLS, and none when the authority is not the one that is trusted.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct TLSTests {
    @Test func book_isLive_underTLS() async throws {
        try await withService(["--tls"], tastytrade: Demo.quick) { demo, _ in
            for (name, scheme) in [("api", "https://"), ("accountStreamer", "wss://"), ("dxlink", "wss://")] {
                #expect(demo.description["urls"][name].text?.hasPrefix(scheme) == true)
            }
            let state = try await demo.state(of: "tastytrade")
            #expect(state == "live")
        }
    }

    @Test func nothingIsSent_whenTheAuthorityIsAnother() async throws {
        try await withDemo(["--tls"]) { other in
            try await withDemo(["--tls"], tastytrade: Demo.quick) { demo in
                let own = try #require(demo.description["caFile"].text)
                let wrong = try #require(other.description["caFile"].text)
                #expect(own != wrong)
                let text = try String(contentsOf: demo.configuration, encoding: .utf8)
                try Data(text.replacingOccurrences(of: own, with: wrong).utf8).write(to: demo.configuration)
                try await withRunning(try demo.startService()) { _ in
                    try await demo.when("tastytrade", is: ["stale"], within: 15)
                    let message = try #require(try await demo.row(of: "tastytrade")["message"].text)
                    #expect(
                        message.lowercased().contains("certificate") || message.lowercased().contains("tls"),
                        "\(message)")
                    #expect(try await demo.venue.stats()["tokenRequests"].double == 0)
                    #expect(try await demo.document("accounts")["accounts"].items.isEmpty)
                }
            }
        }
    }
}
