import Foundation
import Sandbox
import TastytradeSandbox
import Testing

struct TastytradeRESTTests {
    private func sum(_ items: [SandboxJSON], _ key: String) -> SandboxAmount {
        items.reduce(.zero) { total, item in
            let amount = item[key]?.text.flatMap { SandboxAmount($0) } ?? .zero
            return item[key + "-effect"]?.text == "Debit" ? total - amount : total + amount
        }
    }

    @Test func requests_areRefusedInOrder() async throws {
        let client = try await VenueClient.start()
        let port = try VenueClient.port(client.sandbox, "api")
        let bearer = ("Authorization", "Bearer \(client.token)")
        #expect(try await RawHTTP.send("GET", "/customers/me", port: port, headers: [bearer]).status == 401)
        let agent = ("User-Agent", "test/1.0")
        #expect(try await RawHTTP.send("GET", "/customers/me", port: port, headers: [agent]).status == 401)
        #expect(try await client.get("/customers/me").status == 200)
        let old = try await client.get("/customers/me", headers: [("Accept-Version", "20200101")])
        #expect(old.status == 406 && old.body?["error"]?["code"] == .number("406"))
        #expect(try await client.get("/accounts/5WX99999/positions").status == 403)
        #expect(try await client.get("/nothing").status == 404)
        let refused = try await VenueClient.login(client.sandbox, secret: "wrong")
        #expect(refused.status == 400 && refused.body?["error_code"]?.text == "invalid_grant")
        try await client.control(["action": "expireAccessTokens"])
        #expect(try await client.get("/customers/me").status == 401)
        await client.sandbox.stop()
    }

    @Test func balances_tieToPositionsAndHistory_inEveryAccount() async throws {
        let client = try await VenueClient.start()
        #expect(client.sandbox.description.accounts.count == 2)
        for account in client.sandbox.description.accounts {
            let balance = try #require(try await client.get("/accounts/\(account)/balances").body?["data"])
            let answer = try await client.get("/accounts/\(account)/positions?include-marks=true")
            let positions = try #require(answer.body?["data"]?["items"]?.elements)
            let value = positions.reduce(SandboxAmount.zero) { total, position in
                if position["instrument-type"]?.text == "Future" { return total }
                let mark = position["mark"]?.text.flatMap { SandboxAmount($0) } ?? .zero
                return position["quantity-direction"]?.text == "Short" ? total - mark : total + mark
            }
            let cash = try #require(balance["cash-balance"]?.text.flatMap { SandboxAmount($0) })
            #expect(balance["net-liquidating-value"]?.text == (cash + value).withDecimal)
            var lines: [SandboxJSON] = []
            for page in 0..<20 {
                let target = "/accounts/\(account)/transactions?per-page=4&page-offset=\(page)"
                let body = try #require(try await client.get(target).body)
                lines += body["data"]?["items"]?.elements ?? []
                if page + 1 >= body["pagination"]?["total-pages"]?.integer ?? 0 { break }
            }
            #expect(Set(lines.compactMap { $0["id"]?.integer }).count == lines.count && lines.count > 4)
            #expect(sum(lines, "net-value") == cash)
        }
        await client.sandbox.stop()
    }

    @Test func fixedBook_isServed_toTheCent() async throws {
        let client = try await VenueClient.start(freeze: "S11")
        let account = try #require(client.sandbox.description.accounts.first)
        let balance = try await client.get("/accounts/\(account)/balances", headers: [("Accept-Version", "20251101")])
        let item = try #require(balance.body?["data"]?["items"]?.elements?.first)
        #expect(item["cash-balance"]?.text == "25000.0")
        #expect(item["net-liquidating-value"]?.text == "85940.0")
        let answer = try await client.get("/accounts/\(account)/positions")
        let positions = try #require(answer.body?["data"]?["items"]?.elements)
        let averages = positions.compactMap { $0["average-open-price"]?.text }
        #expect(averages == ["580.0", "7.47", "5.0", "6000.0", "40.0"])
        #expect(positions.compactMap { $0["close-price"]?.text } == ["597.0", "5.6", "2.8", "5990.0", "35.0"])
        #expect(positions.compactMap { $0["quantity"]?.integer } == [100, 2, 1, 1, 1])
        await client.sandbox.stop()
    }

    @Test(arguments: [
        "/option-chains/SPY", "/option-chains/SPY/nested", "/option-chains/SPX/compact",
        "/futures-option-chains/ES/nested", "/instruments/equities?symbol[]=SPY", "/instruments/futures",
        "/instruments/cryptocurrencies/BTC%2FUSD", "/instruments/future-option-products",
        "/instruments/quantity-decimal-precisions", "/market-metrics?symbols=SPY,QQQ", "/customers/me/accounts",
        "/market-data/by-type?equity=SPY,QQQ&index=SPX", "/market-time/equities/sessions/current",
    ])
    func endpoint_answers_withAnEnvelope(target: String) async throws {
        let client = try await VenueClient.start()
        let answer = try await client.get(target)
        #expect(answer.status == 200)
        #expect(answer.body?["data"]?.members?.isEmpty == false)
        #expect(answer.body?["context"]?.text != nil)
        await client.sandbox.stop()
    }

    @Test func faults_countDown_andHTMLIsServed() async throws {
        let client = try await VenueClient.start()
        try await client.control(["action": "throttle", "count": 1])
        #expect(try await client.get("/customers/me").status == 429)
        #expect(try await client.get("/customers/me").status == 200)
        try await client.control(["action": "htmlBody", "count": 1])
        #expect(try await client.get("/customers/me").text.hasPrefix("<html>"))
        #expect(try await client.control(["action": "nonsense"]).status == 400)
        let stats = try await RawHTTP.send("GET", "/control/stats", port: VenueClient.port(client.sandbox, "control"))
        #expect(stats.body?["tokenRequests"]?.integer == 1)
        #expect(stats.body?["requests"]?["GET /customers/me"]?.integer == 3)
        await client.sandbox.stop()
    }

    @Test func fill_isNotified_withOrderPositionAndBalance() async throws {
        let client = try await VenueClient.start()
        let socket = try await RawSocket.connect(port: VenueClient.port(client.sandbox, "accountStreamer"))
        let account = try #require(client.sandbox.description.accounts.first)
        let bearer = SandboxJSON.string("Bearer \(client.token)")
        socket.send(["action": "heartbeat", "auth-token": bearer, "request-id": 1])
        guard case .text(let early) = try await socket.next() else { throw RawSocket.NothingCame() }
        #expect(early["message"]?.text == "not-implemented")
        socket.send([
            "action": "connect", "value": [.string(account)], "auth-token": .string(client.token), "request-id": 2,
        ])
        guard case .text(let raw) = try await socket.next() else { throw RawSocket.NothingCame() }
        #expect(raw["message"]?.text == "failed")
        socket.send(["action": "connect", "value": [.string(account)], "auth-token": bearer, "request-id": 3])
        guard case .text(let ack) = try await socket.next() else { throw RawSocket.NothingCame() }
        #expect(ack["status"]?.text == "ok" && ack["request-id"]?.integer == 3)
        try await client.control([
            "action": "fill", "account": .string(account), "symbol": "SPY", "quantity": 10, "price": "600",
        ])
        var types: [String] = []
        for _ in 0..<5 {
            guard case .text(let notice) = try await socket.next() else { throw RawSocket.NothingCame() }
            types.append(notice["type"]?.text ?? "")
            if types.last == "CurrentPosition" { #expect(notice["data"]?["quantity"]?.integer == 110) }
        }
        #expect(types.prefix(3) == ["Order", "Order", "Order"])
        #expect(Set(types.suffix(2)) == ["AccountBalance", "CurrentPosition"])
        await client.sandbox.stop()
    }
}
