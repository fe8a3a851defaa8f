import Foundation
import Sandbox
import TastytradeSandbox
import Testing

struct DXLinkTests {
    private func open(_ client: VenueClient, fields: SandboxJSON, format: String = "COMPACT") async throws -> RawSocket
    {
        let socket = try await client.quotes()
        socket.send(["type": "AUTH", "channel": 0, "token": .string(try await client.quoteToken())])
        #expect(try await socket.message("AUTH_STATE")["state"]?.text == "AUTHORIZED")
        socket.send(["type": "CHANNEL_REQUEST", "channel": 1, "service": "FEED", "parameters": ["contract": "AUTO"]])
        let opened = try await socket.message("CHANNEL_OPENED")
        #expect(opened["parameters"]?["contract"]?.text == "AUTO")
        #expect(opened["parameters"]?["subFormat"]?.text == "LIST")
        socket.send([
            "type": "FEED_SETUP", "channel": 1, "acceptAggregationPeriod": .number("0.02"),
            "acceptDataFormat": .string(format), "acceptEventFields": fields,
        ])
        let first = try await socket.message("FEED_CONFIG")
        #expect(first["eventFields"] == nil && first["dataFormat"]?.text == format)
        return socket
    }

    @Test func handshake_endsInDataOfTheFixedBook() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        let fields: SandboxJSON = ["Greeks": ["eventSymbol", "delta", "gamma", "theta", "vega"]]
        let socket = try await open(client, fields: fields)
        let symbol = try #require(s11Put(client.market))
        socket.send([
            "type": "FEED_SUBSCRIPTION", "channel": 1, "reset": true,
            "add": [["type": "Greeks", "symbol": .string(symbol)]],
        ])
        let config = try await socket.message("FEED_CONFIG")
        #expect(config["eventFields"] == fields)
        let data = try await socket.message("FEED_DATA")["data"]?.elements
        #expect(data?.first?.text == "Greeks")
        #expect(data?.last?.elements?.map(\.textOrNumber) == [symbol, "-0.2", "0.01", "-0.15", "0.5"])
        await client.sandbox.stop()
    }

    private func s11Put(_ market: SimulatedMarket) -> String? {
        market.read { model in
            let option = model.s11Instruments().flatMap { model.instruments[$0.sharePut].option }
            return option.map { ".SPY\($0.expiry.yymmdd)P570" }
        }
    }

    @Test func quote_comesAgain_onlyWhenThePriceChanged() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        let socket = try await open(client, fields: ["Quote": ["eventSymbol", "bidPrice", "askPrice"]])
        socket.send(["type": "FEED_SUBSCRIPTION", "channel": 1, "add": [["type": "Quote", "symbol": "SPY"]]])
        let first = try await socket.message("FEED_DATA")["data"]?.elements
        #expect(first?.last?.elements == ["SPY", .number("599.99"), .number("600.01")])
        await #expect(throws: RawSocket.NothingCame.self) {
            try await socket.message("FEED_DATA", within: .milliseconds(150))
        }
        await client.sandbox.stop()
    }

    @Test func feed_switchesToFull_onRequest() async throws {
        let client = try await VenueClient.start()
        let socket = try await open(client, fields: ["Quote": ["eventSymbol", "bidPrice"]])
        socket.send(["type": "FEED_SUBSCRIPTION", "channel": 1, "add": [["type": "Quote", "symbol": "SPY"]]])
        #expect(try await socket.message("FEED_DATA")["data"]?.elements?.first?.text == "Quote")
        try await client.control(["action": "dataFormat", "format": "FULL"])
        client.market.change { model in
            for _ in 0..<20 { model.step() }
        }
        let full = try await socket.message("FEED_DATA")["data"]?.elements?.first
        #expect(full?["eventType"]?.text == "Quote" && full?["bidPrice"] != nil)
        await client.sandbox.stop()
    }

    @Test func greeks_areNaNStrings_underTheFault() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        try await client.control(["action": "nanGreeks", "enabled": true])
        let socket = try await open(client, fields: ["Greeks": ["eventSymbol", "delta"]])
        let symbol = try #require(s11Put(client.market))
        socket.send([
            "type": "FEED_SUBSCRIPTION", "channel": 1, "add": [["type": "Greeks", "symbol": .string(symbol)]],
        ])
        #expect(try await socket.message("FEED_DATA")["data"]?.elements?.last?.elements?.last?.text == "NaN")
        await client.sandbox.stop()
    }

    @Test func wrongToken_isUnauthorizedAndClosed() async throws {
        let client = try await VenueClient.start()
        let socket = try await client.quotes()
        socket.send(["type": "AUTH", "channel": 0, "token": "wrong"])
        #expect(try await socket.message("ERROR")["error"]?.text == "UNAUTHORIZED")
        #expect(try await socket.next() == .closed(1000))
        await client.sandbox.stop()
    }

    @Test func evenChannel_isBadAction_andLongFrameCloses() async throws {
        let client = try await VenueClient.start()
        let socket = try await open(client, fields: [:])
        socket.send(["type": "CHANNEL_REQUEST", "channel": 2, "service": "FEED", "parameters": [:]])
        #expect(try await socket.message("ERROR")["error"]?.text == "BAD_ACTION")
        try await client.control(["action": "maxFrameBytes", "count": 100])
        socket.send(["type": "KEEPALIVE", "channel": 0, "padding": .string(String(repeating: "x", count: 200))])
        #expect(try await socket.next() == .closed(1009))
        await client.sandbox.stop()
    }

    @Test func silentClient_isTimedOut() async throws {
        let client = try await VenueClient.start()
        let socket = try await client.quotes()
        try await client.control(["action": "keepaliveTimeout", "seconds": .number("0.2")])
        #expect(try await socket.message("ERROR")["error"]?.text == "TIMEOUT")
        #expect(try await socket.next() == .closed(1000))
        await client.sandbox.stop()
    }

    @Test func upgrade_isRefused_onceAsked() async throws {
        let client = try await VenueClient.start()
        try await client.control(["action": "refuseUpgrade", "count": 1])
        let port = try VenueClient.port(client.sandbox, "dxlink")
        await #expect(throws: (any Error).self) { try await RawSocket.connect(port: port) }
        _ = try await client.quotes()
        await client.sandbox.stop()
    }
}
