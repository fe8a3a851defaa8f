import BrokerKit
import PortfolioModel
import Testing

@testable import Tastytrade

struct TastytradeSymbologyTests {
    private let symbology = TastytradeSymbology()

    private func instrument(
        _ symbol: String, _ type: String?, multiplier: Int? = nil, underlying: String? = nil, expiry: String? = nil
    ) -> VenueInstrument {
        var instrument = VenueInstrument(symbol: VenueSymbol(symbol), type: type)
        instrument.multiplier = multiplier.map { FixedDecimal($0) }
        instrument.underlying = underlying
        instrument.expiry = expiry.flatMap { CalendarDate($0) }
        return instrument
    }

    private func dxfeed(_ terms: InstrumentTerms) -> String? {
        terms.identifiers.first { $0.scheme == .dxfeed }?.value
    }

    @Test(arguments: [
        ("TSLA  250620C00345000", ".TSLA250620C345"), ("TSLA  261218P00005000", ".TSLA261218P5"),
        ("SPX   250919C05050000", ".SPX250919C5050"), ("RUTW  250731C01200000", ".RUTW250731C1200"),
        ("F     250620C00002020", ".F250620C2.02"), ("F     250620P00002170", ".F250620P2.17"),
        ("IRBT  260116C00022500", ".IRBT260116C22.5"), ("GOOGL 270617P00235000", ".GOOGL270617P235"),
        ("BRKB  260320P00690000", ".BRKB260320P690"), ("BABA2 251017C00145000", ".BABA2251017C145"),
        ("F     250620C00000500", ".F250620C0.5"), ("F     250620C00000250", ".F250620C0.25"),
    ])
    func equityOption_mapsBothWays(_ venue: String, _ feed: String) throws {
        let terms = try symbology.terms(of: instrument(venue, "Equity Option", multiplier: 100))
        #expect(terms.symbol == venue)
        #expect(dxfeed(terms) == feed)
        #expect(OptionFeedSymbol(feed)?.osi?.description == venue)
    }

    @Test(arguments: [
        ("/ESM5", "/ESM25:XCME", "2025-06-20"), ("/GCZ5", "/GCZ25:XCEC", "2025-12-29"),
        ("/6BZ5", "/6BZ25:XCME", "2025-12-15"), ("/RBN5", "/RBN25:XNYM", "2025-06-30"),
        ("/GEM0", "/GEM30:XCME", "2030-06-17"), ("/CLF6", "/CLF26:XNYM", "2025-12-19"),
    ])
    func future_mapsToTheFeed(_ venue: String, _ feed: String, _ expiry: String) throws {
        let terms = try symbology.terms(of: instrument(venue, "Future", multiplier: 50, expiry: expiry))
        #expect(terms.symbol == venue)
        #expect(dxfeed(terms) == feed)
        #expect(terms.contract?.root == String(venue.dropLast(2)))
    }

    @Test(arguments: [
        ("./GCZ5 OGX5  251028P2040", "./OGX25P2040:XCEC", "/GCZ5", "OG"),
        ("./ZBU5 OZBN5 250620C142.5", "./OZBN25C142.5:XCBT", "/ZBU5", "OZB"),
        ("./MNQZ5MNQZ5 251219P11000", "./MNQZ25P11000:XCME", "/MNQZ5", "MNQ"),
        ("./MESM6EX3H6 260320P6450", "./EX3H26P6450:XCME", "/MESM6", "EX3"),
        ("./6EM6 EUUJ6 260403C1.225", "./EUUJ26C1.225:XCME", "/6EM6", "EUU"),
        ("./MNQZ5D2CV5 251008C22400", "./D2CV25C22400:XCME", "/MNQZ5", "D2C"),
        ("./ESZ6 E1AF7 261228C6260", "./E1AF27C6260:XCME", "/ESZ6", "E1A"),
    ])
    func futureOption_mapsToTheFeed(_ venue: String, _ feed: String, _ future: String, _ root: String) throws {
        let terms = try symbology.terms(of: instrument(venue, "Future Option", multiplier: 50))
        #expect(terms.symbol == venue)
        #expect(dxfeed(terms) == feed)
        #expect(terms.contract?.underlying == future)
        #expect(terms.contract?.root == root)
        #expect(terms.contract?.deliverables == [Deliverable(symbol: future, amount: .one)])
    }

    @Test func indexOption_takesItsTermsFromTheRoot() throws {
        let terms = try symbology.terms(of: instrument("SPXW  261218C06000000", "Equity Option", multiplier: 100))
        #expect(terms.kind == .indexOption)
        #expect(terms.contract?.underlying == "SPX")
        #expect(terms.contract?.exerciseStyle == .european)
        #expect(terms.contract?.settlement == Settlement(.cash, .pm))
        #expect(terms.contract?.deliverables == [])
    }

    @Test func equityOption_usesTheUnderlyingTheVenueStates() throws {
        let stated = instrument("BRKB  270115P00400000", "Equity Option", multiplier: 100, underlying: "BRK/B")
        let terms = try symbology.terms(of: stated)
        #expect(terms.contract?.underlying == "BRK/B")
        #expect(terms.contract?.deliverables == [Deliverable(symbol: "BRK/B", amount: 100)])
        let unstated = try symbology.terms(of: instrument("BRKB  270115P00400000", "Equity Option"))
        #expect(unstated.contract == terms.contract)
    }

    @Test func adjustedOption_claimsNothingOfItsDeliverable() throws {
        let terms = try symbology.terms(of: instrument("ABC1  270115C00050000", "Equity Option", multiplier: 100))
        #expect(terms.contract?.underlying == "ABC")
        #expect(terms.contract?.deliverables == nil)
        #expect(throws: SymbologyError.self) {
            try symbology.terms(of: instrument("ABC1  270115C00050000", "Equity Option"))
        }
    }

    @Test(arguments: ["Event Contract", "Warrant", "Liquidity Pool", "Unknown", "Something New"])
    func instrument_isRefused_whenItsTypeIsNotUnderstood(_ type: String) {
        #expect(throws: SymbologyError.self) { try symbology.terms(of: instrument("ODD", type)) }
    }

    @Test(arguments: [
        ("SPXW 261218C", "Equity Option"), ("ESZ6", "Future"), ("/E", "Future"), ("./ESZ6", "Future Option"),
        ("", "Equity"), ("./ESZ6 EW3Z6 261318C6100", "Future Option"), ("/ESZ6", "Future"),
    ])
    func symbol_isRefused_whenMalformedOrIncomplete(_ symbol: String, _ type: String) {
        #expect(throws: SymbologyError.self) { try symbology.terms(of: instrument(symbol, type)) }
    }

    @Test(arguments: [
        ("BRK/B", "Equity", InstrumentKind.equity, "BRK/B"), ("SPX", "Equity", .index, "SPX"),
        ("VIX", "Index", .index, "VIX"), ("BTC/USD", "Cryptocurrency", .crypto, "BTC/USD:CXTALP"),
    ])
    func security_hasItsKindAndFeedName(
        _ symbol: String, _ type: String, _ kind: InstrumentKind, _ feed: String
    ) throws {
        let terms = try symbology.terms(of: instrument(symbol, type))
        #expect(terms.kind == kind)
        #expect(dxfeed(terms) == feed)
    }

    @Test func statedStreamerSymbol_winsOverTheComputedOne() throws {
        var stated = instrument("/ESZ6", "Future", multiplier: 50, expiry: "2026-12-18")
        stated.streamerSymbol = "/ESZ26:OTHER"
        #expect(dxfeed(try symbology.terms(of: stated)) == "/ESZ26:OTHER")
    }

    @Test(arguments: [
        ("BRK.B", InstrumentKind.equity, "BRK/B" as String?), ("BRK/B", .equity, "BRK/B"), ("SPY", .etf, "SPY"),
        ("SPX", .index, "SPX"), ("912828XX1", .equity, nil), ("SPAXX", .fund, nil), ("/ESZ6", .future, nil),
        ("BTC/USD", .crypto, "BTC/USD:CXTALP"), ("USD", .cash, nil),
    ])
    func foreignInstrument_isNamedForTheFeed(_ symbol: String, _ kind: InstrumentKind, _ expected: String?) {
        let row = Instrument(
            id: InstrumentID(raw: 1), terms: InstrumentTerms(kind: kind, symbol: symbol), underlying: nil)
        #expect(symbology.marketDataSymbol(of: row, underlying: nil)?.text == expected)
    }

    @Test(arguments: [("SPXW", ".SPXW261218P22.5"), ("BRK/B", ".BRKB261218P22.5"), ("ABC1", ".ABC1261218P22.5")])
    func foreignOption_isNamedFromItsTerms(_ root: String, _ expected: String) throws {
        let contract = Contract(
            underlying: "X", root: root, expiry: try #require(CalendarDate("2026-12-18")),
            strike: try FixedDecimal("22.50"), right: .put, premiumMultiplier: 100)
        let row = Instrument(
            id: InstrumentID(raw: 1),
            terms: InstrumentTerms(kind: .equityOption, symbol: "X", contract: contract), underlying: nil)
        #expect(symbology.marketDataSymbol(of: row, underlying: nil)?.text == expected)
    }
}
