import Foundation
import Sandbox
import Testing

struct SandboxValuesTests {
    @Test(arguments: [
        ("12", "12"), ("-0.5", "-0.5"), ("3.140000", "3.14"), ("0.000001", "0.000001"), ("250000", "250000"),
    ])
    func amount_roundTrips(text: String, expected: String) throws {
        #expect(try #require(SandboxAmount(text)).description == expected)
    }

    @Test(arguments: ["", "-", "1.", ".5", "1.2345678", "1,5", "1e3", "+1", "NaN", "--1"])
    func amount_isNil_forOtherText(text: String) {
        #expect(SandboxAmount(text) == nil)
    }

    @Test func amount_multipliesAndDivides_exactly() throws {
        let price = try #require(SandboxAmount("91250.55"))
        let quantity = try #require(SandboxAmount("0.25"))
        #expect((price * quantity).description == "22812.6375")
        #expect((SandboxAmount(-1) / SandboxAmount(3)).description == "-0.333333")
        #expect((SandboxAmount(2) / SandboxAmount(3)).description == "0.666667")
    }

    @Test(arguments: ["1970-01-01", "2000-02-29", "2026-11-21", "2100-03-01"])
    func date_roundTrips(text: String) throws {
        #expect(try #require(MarketDate(iso: text)).iso == text)
    }

    @Test func date_knowsNewYork_inWinterAndSummer() {
        let winter = MarketDate(year: 2026, month: 1, day: 15).newYork(hour: 16, minute: 0)
        let summer = MarketDate(year: 2026, month: 7, day: 15).newYork(hour: 16, minute: 0)
        #expect(winter.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == 21 * 3_600)
        #expect(summer.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == 20 * 3_600)
        #expect(MarketDate(newYorkDayOf: summer.addingTimeInterval(7 * 3_600)).iso == "2026-07-15")
    }

    @Test func json_roundTrips() throws {
        let text = #"{"a":[1,-2.5,"x\"\\\n",true,null],"b":{}}"#
        let value = try #require(SandboxJSON.parse(text.utf8))
        #expect(SandboxJSON.parse(value.rendered.utf8) == value)
        #expect(value["a"]?.elements?.count == 5)
        #expect(SandboxJSON.parse("{".utf8) == nil)
    }

    @Test func request_readsPathAndLists() {
        let request = SandboxRequest(
            method: "GET", target: "/instruments/futures/%2FESZ6?symbol[]=A&symbol%5B%5D=B&equity=C,D&q=a+b")
        #expect(request.path == ["instruments", "futures", "/ESZ6"])
        #expect(request.list("symbol") == ["A", "B"])
        #expect(request.list("equity") == ["C", "D"])
        #expect(request.parameter("q") == "a b")
    }
}
