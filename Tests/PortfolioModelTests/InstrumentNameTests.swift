import PortfolioModel
import Testing

struct InstrumentNameTests {
    private func option(_ underlying: String, _ root: String, osi: String? = nil) throws -> Instrument {
        let contract = Contract(
            underlying: underlying, root: root, expiry: try #require(CalendarDate("2027-01-15")), strike: 570,
            right: .put, premiumMultiplier: 100)
        let terms = InstrumentTerms(
            kind: .equityOption, symbol: osi ?? "any", contract: contract,
            identifiers: osi.map { [Identifier(.osi, $0)] } ?? [])
        return Instrument(id: InstrumentID(raw: 1), terms: terms, underlying: nil)
    }

    @Test func option_isNamedAsPeopleWriteIt() throws {
        #expect(try option("SPY", "SPY", osi: "SPY   270115P00570000").name == "SPY 2027-01-15 570 P")
        #expect(try option("SPX", "SPXW").name == "SPX (SPXW) 2027-01-15 570 P")
        // The contract on 10 adjusted shares is another than that on 100.
        #expect(try option("ABC", "ABC", osi: "ABC1  270115P00570000").name == "ABC (ABC1) 2027-01-15 570 P")
    }

    @Test func share_isNamedByItsSymbol() {
        let share = Instrument(
            id: InstrumentID(raw: 1), terms: InstrumentTerms(kind: .equity, symbol: "BRK/B"), underlying: nil)
        #expect(share.name == "BRK/B")
    }
}
