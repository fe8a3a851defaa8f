import BrokerKit
import PortfolioModel
import ReferenceData
import Testing

@testable import Application

struct PriceResolverTests {
    private func resolver() -> PriceResolver {
        var master = InstrumentMaster()
        let today = CalendarDate(dayNumber: 20_777)
        for terms in [
            InstrumentTerms(kind: .etf, symbol: "SPY"), InstrumentTerms(kind: .equity, symbol: "INFY"),
            InstrumentTerms(kind: .equity, symbol: "INFY", currency: .inr, listing: "NSE"),
            InstrumentTerms(kind: .crypto, symbol: "BTC/USD"), InstrumentTerms(kind: .future, symbol: "/ESZ6"),
        ] { _ = master.resolve(terms, on: today) }
        return PriceResolver(master: master, fileName: "a.csv")
    }

    private func row(_ text: String) throws -> PriceFile.Row {
        let file = try PriceFile(
            reading: Array("symbol,date,close,currency,source\n\(text)\n".utf8), today: CalendarDate(dayNumber: 20_777))
        return try #require(file.rows.first)
    }

    @Test func aRow_findsItsInstrument_andKeepsWhoSaidIt() throws {
        let plain = try resolver().price(row("SPY,2026-11-20,600,,"))
        #expect(plain.instrument == InstrumentID(raw: 1))
        #expect(plain.source == "file:a.csv")
        #expect(plain.asOf == ExchangeCalendar.newYork.hours(on: plain.date)?.close)
        let indian = try resolver().price(row("INFY,2026-11-20,1500,INR,nse"))
        #expect(indian.instrument == InstrumentID(raw: 3))
        #expect(indian.source == "file:nse")
    }

    @Test func aWeekendsClose_isTaken_whereMarketsMayBeOpen() throws {
        let coin = try resolver().price(row("BTC/USD,2026-11-15,90000,,"))
        #expect(coin.close == 90_000)
        // The Indian calendar leaves special sessions out, such as the evening of Diwali, a Sunday in 2026.
        #expect(try resolver().price(row("INFY,2026-11-08,1500,INR,")).instrument == InstrumentID(raw: 3))
    }

    @Test(arguments: [
        ("ABC,2026-11-20,1,,", "unknown-symbol", "symbol"), ("SPY,2026-11-20,1,EUR,", "other-currency", "currency"),
        ("INFY,2026-11-20,1,,", "ambiguous-symbol", "currency"), ("SPY,2026-11-15,5,,", "no-session", "date"),
        ("SPY,2026-09-07,600,,", "no-session", "date"), ("/ESZ6,2026-11-15,6000,,", "no-session", "date"),
    ])
    func aRowThatFitsNone_isRefused_withItsLine(text: String, code: String, field: String) throws {
        let row = try row(text)
        let error = #expect(throws: ImportError.self) { try resolver().price(row) }
        #expect(error?.code == code)
        #expect(error?.field == field)
        #expect(error?.line == 2)
    }
}
