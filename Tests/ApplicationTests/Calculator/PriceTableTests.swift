import Testing

@testable import Application

struct PriceTableTests {
    private static let header = "model,exercise,right,spot,strike,years,rate,yield,volatility,price,dividends"

    private func output(_ rows: [String], header: String = header) throws -> [[String]] {
        let table = try PriceTable(([header] + rows).joined(separator: "\n") + "\n", file: "options.csv")
        let text = table.text(table.requests.map(PriceAnswer.init))
        return text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Hull, Options, Futures and Other Derivatives, and the published Black-76 vectors of an Indian broker's tools.
    @Test(arguments: [
        ("bsm,european,call,42,40,0.5,0.1,0,0.2,,", 4.759422392871533, 0.7791312909426687),
        ("black76,european,put,25000,24500,0.019178082191780823,0,0,0.14,,", 36.87752228, -0.14646381),
        ("bsm,american,put,100,100,1,0.05,0,0.2,,", 6.090370, -0.411004),
    ])
    func row_isPriced(row: String, price: Double, delta: Double) throws {
        let values = try output([row])[1]
        let found = try (#require(Double(values[12])), #require(Double(values[13])))
        #expect(abs(found.0 - price) < 3e-6 * price)
        #expect(abs(found.1 - delta) < 1e-4)
        #expect(values.count == 22 && values[21].isEmpty)
    }

    @Test func rows_comeBackInTheirOrder_withWhatWasRead() throws {
        let rows = ["bsm,european,call,100,100,1,0.05,0,0.2,,", "bsm,,put, 100 ,90,1,0.05,,,2.5,0.5:1"]
        let found = try output(rows)
        #expect(found[0].suffix(11).first == "impliedVolatility" && found[0].last == "failure")
        for (row, values) in zip(rows, found.dropFirst()) {
            #expect(values.prefix(11).joined(separator: ",") == row)
        }
        #expect(found[1][11] == "0.20000000000000001")
        #expect(found[2][12] == "2.5")
    }

    @Test(arguments: [
        ("bsm,european,call,100,50,0.01,0,0,,49.99,", "belowIntrinsic"),
        ("bsm,european,call,100,50,0.01,0,0,,50,", "notDetermined"),
        ("bsm,european,call,100,150,0.01,0,0,,0,", "notDetermined"),
        ("bsm,european,call,100,50,1,0,0,,100,", "aboveUpperBound"), ("bsm,european,call,100,50,0,0,0,,51,", "expired"),
        ("bsm,european,call,100,50,-1,0,0,0.2,,", "expired"),
        ("bsm,european,call,100,300,0.01,0,0,,1e-9,", "notDetermined"),
        ("bsm,american,put,80,100,1,0.05,0,,19.99,", "belowIntrinsic"),
        ("bsm,american,put,80,100,1,0.05,0,,20,", "notDetermined"),
        ("bsm,european,call,100,100,1,0.05,0,5,,0.5:2", "notDetermined"),
        ("bsm,american,put,100,100,101,0.05,0,0.2,,", "notDetermined"),
    ])
    func row_saysWhy_whenThereIsNoAnswer(row: String, failure: String) throws {
        let values = try output([row])[1]
        #expect(values[21] == failure)
        let hasNoFigures = values[13...20].allSatisfy { $0.isEmpty }
        #expect(hasNoFigures)
    }

    @Test func volatility_isFoundForAmericanExerciseWithDividends() throws {
        let priced = try output(["bsm,american,put,100,105,0.75,0.04,0.01,0.31,,0.2:0.6;0.45:0.6"])[1][12]
        let found = try output(["bsm,american,put,100,105,0.75,0.04,0.01,,\(priced),0.2:0.6;0.45:0.6"])[1][11]
        let volatility = try #require(Double(found))
        #expect(abs(volatility - 0.31) < 1e-9)
    }

    @Test(arguments: [
        ("bsm,european,call,100,1x0,1,0.05,0,0.2,,", "strike"), ("bsm,european,call,,100,1,0.05,0,0.2,,", "spot"),
        ("heston,european,call,100,100,1,0.05,0,0.2,,", "model"),
        ("bsm,bermudan,call,100,100,1,0.05,0,0.2,,", "exercise"),
        ("bsm,european,straddle,100,100,1,0.05,0,0.2,,", "right"),
        ("bsm,european,call,100,100,nan,0.05,0,0.2,,", "years"),
        ("bsm,european,call,100,100,1,,0,0.2,,", "rate"), ("bsm,european,call,100,100,1,0.05,1%,0.2,,", "yield"),
        ("bsm,european,call,100,100,1,0.05,0,0.2,9,", "price"), ("bsm,european,call,100,100,1,0.05,0,,,", "volatility"),
        ("bsm,european,call,100,100,1,0.05,0,-0.2,,", "volatility"),
        ("bsm,european,call,-1,100,1,0.05,0,0.2,,", "spot"),
        ("bsm,european,call,100,100,1,0.05,0,0.2,,0.5", "dividends"),
        ("black76,european,call,100,100,1,0.05,0,0.2,,0.5:1", "dividends"),
        ("bachelier,european,call,100,100,1,0.05,0,0.2,,0.5:1", "dividends"),
        ("bsm,european,call,100,100,1,0.05,0,0.2,,-0.1:1", "dividends"),
        ("bachelier,american,call,100,100,1,0.05,0,0.2,,", "exercise"),
    ])
    func row_isRefused_withLineFieldAndFix(row: String, field: String) {
        let error = #expect(throws: CommandError.self) {
            try output(["bsm,european,call,100,100,1,0.05,0,0.2,,", row])
        }
        #expect(error?.file == "options.csv")
        #expect(error?.line == 3)
        #expect(error?.field == field)
        #expect(error?.fix?.isEmpty == false)
        #expect(error?.exitStatus == ExitStatus.dataError.rawValue)
    }

    /// What is wrong in a file is its content; what is wrong in a flag is usage.
    @Test(arguments: [
        (PriceColumn.right, "straddle", PriceColumn.right), (.spot, "abc", .spot), (.volatility, "", .volatility),
        (.dividends, "-1:1", .dividends), (.exercise, "bermudan", .exercise),
    ])
    func flag_isRefusedAsUsage(column: PriceColumn, value: String, field: PriceColumn) {
        var flags: [PriceColumn: String] = [
            .model: "bsm", .right: "call", .spot: "100", .strike: "100", .years: "1", .rate: "0", .volatility: "0.2",
        ]
        flags[column] = value
        let error = #expect(throws: CommandError.self) { try PriceRequest(flags, exit: .usage) }
        #expect(error?.exitStatus == ExitStatus.usage.rawValue)
        #expect(error?.field == field.rawValue)
    }

    /// Ex-dates now, at expiry and after it change nothing; one between does.
    @Test(arguments: [("0:5", true), ("1:5", true), ("2:5", true), ("0.5:5", false)])
    func dividend_countsBetweenNowAndExpiry(dividends: String, isIgnored: Bool) throws {
        let row = "bsm,european,call,100,100,1,0.05,0,0.2,,"
        let plain = try #require(Double(try output([row])[1][12]))
        let found = try #require(Double(try output([row + dividends])[1][12]))
        #expect((abs(found - plain) < 1e-3) == isIgnored)
    }

    @Test func output_isReadAgain_andAnsweredAnew() throws {
        let rows = ["bsm,european,call,100,100,1,0.05,0,0.2,,", "bsm,,put, 100 ,\"90\",1,0.05,,,2.5,0.5:1"]
        let first = try PriceTable(([Self.header] + rows).joined(separator: "\n"), file: "options.csv")
        let text = first.text(first.requests.map(PriceAnswer.init))
        let second = try PriceTable(text, file: "answers.csv")
        #expect(second.requests == first.requests)
        #expect(second.text(second.requests.map(PriceAnswer.init)) == text)
        let torn = text.split(separator: "\n").map { $0 == text.split(separator: "\n")[2] ? "bsm,call" : String($0) }
        let error = #expect(throws: CommandError.self) {
            try PriceTable(torn.joined(separator: "\n"), file: "answers.csv")
        }
        #expect(error?.line == 3)
    }

    @Test(arguments: [
        ("", 1), ("model,right,spot,strike,years,rate,vol\n", 1), ("model,right,spot,strike,years\n", 1),
        ("model,model,right,spot,strike,years,rate\n", 1),
        ("\(header)\n\nbsm,european,call\n", 3), ("\(header)\n\"bsm,european,call,1,1,1,0,0,1,,\n", 2),
    ])
    func file_isRefused_withItsLine(text: String, line: Int) {
        let error = #expect(throws: CommandError.self) { try PriceTable(text, file: "options.csv") }
        #expect(error?.line == line)
    }

    @Test func columns_mayStandInAnyOrder_andQuotesAreRead() throws {
        let values = try output(
            ["0.2,\"call\",100,bsm,100,1,0.05"], header: "\u{FEFF}volatility,right,spot,model,strike,years,rate")[1]
        let price = try #require(Double(values[8]))
        #expect(abs(price - 10.450583572185565) < 1e-12)
    }
}
