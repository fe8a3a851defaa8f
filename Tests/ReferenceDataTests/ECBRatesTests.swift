import BrokerKit
import BrokerTestKit
import PortfolioModel
import ReferenceData
import Testing

struct ECBRatesTests {
    private static let today = CalendarDate(year: 2025, month: 4, day: 26) ?? CalendarDate(dayNumber: 0)

    private static let xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" \
        xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        \t<gesmes:subject>Reference rates</gesmes:subject>
        \t<gesmes:Sender>
        \t\t<gesmes:name>European Central Bank</gesmes:name>
        \t</gesmes:Sender>
        \t<Cube>
        \t\t<Cube time='2025-04-25'>
        \t\t\t<Cube currency='USD' rate='1.1357'/>
        \t\t\t<Cube currency='INR' rate='97.0205'/>
        \t\t</Cube>
        \t\t<Cube time="2025-04-24"><Cube currency="USD" rate="1.1376"/><Cube currency="BGN" rate="N/A"/></Cube>
        \t</Cube>
        </gesmes:Envelope>

        """

    private static let history = """
        Date,USD,BGN,INR,
        2025-04-25,1.1357,1.9558,97.0205,
        2008-12-31,1.3917,1.9558,N/A,

        """

    private func read(_ text: String) throws(ImportError) -> ECBRates {
        try ECBRates(reading: Array(text.utf8), today: Self.today)
    }

    private func summary(_ rates: ECBRates) -> [String] {
        rates.rates.map { "\($0.date) \($0.rate.base)/\($0.rate.quote) \($0.rate.rate) \($0.rate.source)" }
    }

    @Test func xml_isReadDayByDay_oldestFirst() throws {
        let rates = try read(Self.xml)
        #expect(rates.layout == .xml)
        #expect(
            summary(rates) == [
                "2025-04-24 EUR/USD 1.1376 ecb", "2025-04-25 EUR/INR 97.0205 ecb", "2025-04-25 EUR/USD 1.1357 ecb",
            ])
        #expect(rates.latest?.description == "2025-04-25")
        #expect(rates.latestRates.count == 2)
        // 16:00 in Frankfurt, in summer.
        #expect(rates.latestRates.first?.asOf.description == "2025-04-25T14:00:00.000Z")
        #expect(rates.latestRates.first?.kind == .file)
    }

    @Test func history_isReadByColumnName_andNotAvailableIsNoRate() throws {
        let rates = try read(Self.history)
        #expect(rates.layout == .csv)
        #expect(rates.rates.count == 5)
        #expect(summary(rates).first == "2008-12-31 EUR/BGN 1.9558 ecb")
        #expect(rates.latestRates.map(\.quote.code) == ["BGN", "INR", "USD"])
    }

    @Test func daysFile_hasAWrittenDateAndBlanks() throws {
        let rates = try read("Date, USD, INR, \n25 April 2025, 1.1357, 97.0205, \n")
        #expect(summary(rates) == ["2025-04-25 EUR/INR 97.0205 ecb", "2025-04-25 EUR/USD 1.1357 ecb"])
    }

    struct Bad: Sendable {
        var text: String
        var code: String
        var line: Int?
        var field: String?
    }

    @Test(arguments: [
        Bad(text: "", code: "empty-file"),
        Bad(text: "PK\u{3}\u{4}", code: "archive"),
        Bad(text: "Day,USD\n2025-04-25,1.1\n", code: "not-ecb", line: 1, field: "Date"),
        Bad(text: "Date,usd\n2025-04-25,1.1\n", code: "bad-column", line: 1, field: "usd"),
        Bad(text: "Date,USD,USD\n2025-04-25,1.1,1.2\n", code: "bad-column", line: 1, field: "USD"),
        Bad(text: "Date,USD,INR\n2025-04-25,1.1\n", code: "short-row", line: 2),
        Bad(text: "Date,USD\n25/04/2025,1.1\n", code: "bad-date", line: 2, field: "Date"),
        Bad(text: "Date,USD\n31 April 2025,1.1\n", code: "bad-date", line: 2, field: "Date"),
        Bad(text: "Date,USD\n2025-04-25,1.1\n2025-04-24,0\n", code: "bad-rate", line: 3, field: "USD"),
        Bad(text: "Date,USD\n2025-04-25,\n", code: "bad-rate", line: 2, field: "USD"),
        Bad(text: "Date,USD\n2025-04-25,1.1e0\n", code: "bad-rate", line: 2, field: "USD"),
        Bad(text: "Date,USD\n2025-04-25,-1.1\n", code: "bad-rate", line: 2, field: "USD"),
        Bad(text: "Date,USD\n2025-04-25,1.1\n2025-04-25,1.2\n", code: "duplicate-date", line: 3, field: "Date"),
        Bad(text: "Date,USD\n2025-04-27,1.1\n", code: "future-date", line: 2, field: "Date"),
        Bad(text: "Date,USD\n2025-04-25,N/A\n", code: "no-rates"),
        Bad(text: "Date,EUR\n2025-04-25,1\n", code: "bad-currency", line: 2, field: "EUR"),
        Bad(text: "Date,XXXX\n2025-04-25,1\n", code: "bad-column", line: 1, field: "XXXX"),
        Bad(text: xml.replacing("'INR'", with: "'XXXX'"), code: "bad-currency", line: 10, field: "rate"),
        Bad(text: "<html><body/></html>", code: "not-ecb", line: 1),
        Bad(text: "<?xml version='1.0' encoding='UTF-16'?><a/>", code: "bad-encoding"),
        Bad(text: "<a>\n<!DOCTYPE x></a>", code: "not-ecb", line: 2),
        Bad(text: "<?xml version='1.0'?><a><?b?></a>", code: "not-ecb", line: 1),
        Bad(text: "<a><![CDATA[x]]></a>", code: "not-ecb", line: 1),
        Bad(text: xml.replacing("2025-04-24", with: "24.4.2025"), code: "bad-date", line: 12, field: "time"),
        Bad(text: xml.replacing("97.0205", with: "97,0205"), code: "bad-rate", line: 10, field: "rate"),
        Bad(text: xml.replacing("'INR'", with: "'USD'"), code: "duplicate-currency", line: 10, field: "rate"),
        Bad(
            text: xml.replacing("currency='INR'", with: "code='INR'"), code: "missing-attribute", line: 10,
            field: "currency"),
        Bad(text: String(xml.prefix(500)), code: "bad-xml"),
    ])
    func aFileThatIsNotUnderstood_isRefusedWhole_withItsPlace(bad: Bad) throws {
        let error = #expect(throws: ImportError.self) { try read(bad.text) }
        #expect(error?.code == bad.code)
        if let line = bad.line { #expect(error?.line == line) }
        #expect(error?.field == bad.field)
        #expect(error?.fix.isEmpty == false)
    }

    /// Wherever the file ends early, also inside a tag, a name or a quoted value.
    @Test func xmlThatIsCutOff_isRefusedAtEachByte_withALine() {
        let bytes = Array(Self.xml.utf8)
        let whole = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
        for count in stride(from: 300, through: whole, by: 1) {
            let error = #expect(throws: ImportError.self, "\(count) of \(bytes.count) bytes") {
                try ECBRates(reading: Array(bytes.prefix(count)), today: Self.today)
            }
            #expect((error?.line ?? 0) > 0 && error?.fix.isEmpty == false)
        }
    }

    @Test func bytesThatAreNoUTF8_areRefused_ratherThanParsed() {
        let bytes = Array(Self.xml.utf8).map { $0 == UInt8(ascii: ":") ? 0xCB : $0 }
        let error = #expect(throws: ImportError.self) { try ECBRates(reading: bytes, today: Self.today) }
        #expect(error?.code == "bad-encoding")
    }

    /// Row 36 of the fault matrix: nothing of a bomb or of a foreign entity is expanded or fetched.
    @Test(arguments: [
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">]>",
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/x.dtd\">",
    ])
    func aBombOrAForeignEntity_isRefused_beforeItIsParsed(prologue: String) throws {
        let text = Self.xml.replacing("<gesmes:Envelope", with: prologue + "<gesmes:Envelope", maxReplacements: 1)
            .replacing("Reference rates", with: "&lol2;&e;")
        let error = #expect(throws: ImportError.self) { try read(text) }
        #expect(error?.message == "the file has a `<!DOCTYPE`, which no file of the ECB has")
    }

    @Test func download_readsTheFile_andSaysWhatWentWrong() async throws {
        let url = "http://127.0.0.1:1/eurofxref-daily.xml"
        let good = ECBDownload(
            url: url, http: ScriptedHTTPClient { _ in HTTPResponse(status: 200, body: Array(Self.xml.utf8)) })
        #expect(try await good.fetch(today: Self.today).rates.count == 3)
        let down = ECBDownload(url: url, http: ScriptedHTTPClient { _ in HTTPResponse(status: 503) })
        await #expect(throws: BrokerError.self) { try await down.fetch(today: Self.today) }
        let wrong = ECBDownload(
            url: url, http: ScriptedHTTPClient { _ in HTTPResponse(status: 200, body: Array("<html/>".utf8)) })
        let error = await #expect(throws: BrokerError.self) { try await wrong.fetch(today: Self.today) }
        #expect(error?.message.contains("line 1") == true)
        let broken = ECBDownload(
            url: url, http: ScriptedHTTPClient { _ in throw TransportError(.timedOut, "too slow") })
        let timeout = await #expect(throws: BrokerError.self) { try await broken.fetch(today: Self.today) }
        #expect(timeout?.classification == .retryable)
    }
}
