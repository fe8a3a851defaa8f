import BrokerKit
import Fidelity
import PortfolioModel
import Testing

struct FidelitySymbologyTests {
    private func terms(_ symbol: String, kind: InstrumentKind? = nil) throws -> InstrumentTerms {
        var instrument = VenueInstrument(symbol: VenueSymbol(symbol))
        instrument.securityKind = kind
        return try FidelitySymbology().terms(of: instrument)
    }

    @Test(
        arguments: [
            ("ABCD", nil, InstrumentKind.equity, "ABCD"), ("BRK.B", nil, .equity, "BRK/B"),
            ("BRKB", nil, .equity, "BRKB"),
            ("VWXYX", nil, .fund, "VWXYX"), ("SPAXX", nil, .fund, "SPAXX"), ("IJKL", .etf, .etf, "IJKL"),
            ("912828ZZ9", nil, .bond, "912828ZZ9"), ("31617E745", nil, .fund, "31617E745"),
            ("123456AB7", .bond, .bond, "123456AB7"), ("BTC", .crypto, .crypto, "BTC"), ("BTC", nil, .equity, "BTC"),
        ] as [(String, InstrumentKind?, InstrumentKind, String)])
    func terms_ofSecurities(symbol: String, said: InstrumentKind?, kind: InstrumentKind, canonical: String) throws {
        let terms = try terms(symbol, kind: said)
        #expect(terms.kind == kind)
        #expect(terms.symbol == canonical)
        #expect(terms.kindIsCertain == (kind == .crypto))
        #expect(terms.currency == .usd && terms.listing == "US" && terms.contract == nil)
        #expect(terms.identifiers.contains(Identifier(.fidelity, symbol)))
        #expect(terms.identifiers.contains { $0.scheme == .cusip } == (symbol.count == 9))
    }

    @Test(arguments: [
        ("-AAPL240119C150", "AAPL  240119C00150000", "AAPL", "150", InstrumentKind.equityOption),
        (" -HITI271217P7.5", "HITI  271217P00007500", "HITI", "7.5", .equityOption),
        ("ABCD1270115C10", "ABCD1 270115C00010000", "ABCD", "10", .equityOption),
        ("-SPXW270115P5000", "SPXW  270115P05000000", "SPX", "5000", .indexOption),
    ])
    func terms_ofOptions(symbol: String, osi: String, underlying: String, strike: String, kind: InstrumentKind) throws {
        let terms = try terms(symbol)
        let contract = try #require(terms.contract)
        #expect(terms.kind == kind && terms.symbol == osi && terms.kindIsCertain)
        #expect(contract.underlying == underlying)
        #expect(contract.strike == decimal(strike))
        #expect(contract.premiumMultiplier == 100 && contract.lotSize == .one)
        #expect(terms.identifiers.contains(Identifier(.osi, osi)))
        #expect(terms.identifiers.contains { $0.scheme == .fidelity && $0.value.hasPrefix("-") })
    }

    @Test func deliverables_areStatedOnlyWhereTheyAreKnown() throws {
        let plain = try #require(try terms("-AAPL240119C150").contract)
        #expect(plain.deliverables == [Deliverable(symbol: "AAPL", amount: 100)])
        #expect(plain.exerciseStyle == .american && plain.settlement == Settlement(.physical))
        let adjusted = try #require(try terms("-ABCD1270115C10").contract)
        #expect(adjusted.deliverables == nil && adjusted.root == "ABCD1")
        let index = try #require(try terms("-SPX270115P5000").contract)
        #expect(index.deliverables == [] && index.settlement == Settlement(.cash, .am))
        #expect(index.exerciseStyle == .european)
        #expect(try terms("-OEX270115P500").contract?.exerciseStyle == .american)
    }

    @Test(arguments: [
        "", "SPAXX**", "-AAPL240119", "-AAPL241319C150", "-AAPL240119C", "-AAPL240119C0", "-AAPL240119C1.2345",
        "-TOOLONGX240119C1", "abcd", "A B", "1-Mar", "12/31", "-AAPL240119C1..5", "-AAPL24011999C1", "ABC.D.E",
    ])
    func terms_areRefused_forOtherTexts(symbol: String) {
        #expect(throws: SymbologyError.self) { try terms(symbol) }
    }

    @Test func option_isSpelledOneWay() {
        let forms = ["-AAPL240119C150", " -AAPL240119C150", "AAPL240119C150", "-AAPL240119C150.00"]
        #expect(Set(forms.map { FidelitySymbol($0)?.text }) == ["-AAPL240119C150"])
    }

    @Test func marketDataSymbol_isNone() throws {
        let instrument = Instrument(id: InstrumentID(raw: 1), terms: try terms("ABCD"), underlying: nil)
        #expect(FidelitySymbology().marketDataSymbol(of: instrument, underlying: nil) == nil)
    }
}
