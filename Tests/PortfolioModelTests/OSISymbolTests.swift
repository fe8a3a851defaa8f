import PortfolioModel
import Testing

struct OSISymbolTests {
    @Test(arguments: [
        ("SPY   270115P00570000", "SPY", "2027-01-15", OptionRight.put, "570"),
        ("SPXW  261231C06000000", "SPXW", "2026-12-31", .call, "6000"),
        ("ABC1  270115C00002500", "ABC1", "2027-01-15", .call, "2.5"),
        ("BRKB  270115C00412500", "BRKB", "2027-01-15", .call, "412.5"),
        ("LCID1 280121C00000125", "LCID1", "2028-01-21", .call, "0.125"),
        ("ABCDE1270115P99999999", "ABCDE1", "2027-01-15", .put, "99999.999"),
        ("F     270115C00012820", "F", "2027-01-15", .call, "12.82"),
    ])
    func symbol_roundTrips(text: String, root: String, expiry: String, right: OptionRight, strike: String) throws {
        let symbol = try #require(OSISymbol(text))
        #expect(symbol.root == root)
        #expect(symbol.expiry.description == expiry)
        #expect(symbol.right == right)
        #expect(symbol.strike == (try FixedDecimal(strike)))
        #expect(symbol.description == text)
        #expect(OSISymbol(text.filter { $0 != " " }) == symbol)
    }

    @Test(arguments: [
        "", "SPY", "SPY   270115X00570000", "SPY   271315P00570000", "SPY   270230P00570000", "SPY   270115P0057000",
        "SPY   270115P00000000", "SPY   270115P0057000a", "spy   270115P00570000", "      270115P00570000",
        "ABCDEFG270115P00570000", "S PY  270115P00570000", "  SPY 270115P00570000", "SPY   270115P00570000 ",
        "SPY   270115P-0570000",
    ])
    func symbol_isRefused(text: String) { #expect(OSISymbol(text) == nil) }

    @Test(arguments: ["0", "-5", "100000", "5.0005"])
    func symbol_cannotBeWritten_forStrikesWithoutOne(strike: String) throws {
        let expiry = try #require(CalendarDate("2027-01-15"))
        #expect(OSISymbol(root: "SPY", expiry: expiry, right: .call, strike: try FixedDecimal(strike)) == nil)
    }
}
