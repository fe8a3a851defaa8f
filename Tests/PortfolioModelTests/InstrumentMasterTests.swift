import PortfolioModel
import Testing

struct InstrumentMasterTests {
    private let before: CalendarDate
    private let effective: CalendarDate
    private let expiry: CalendarDate

    init() throws {
        before = try #require(CalendarDate("2025-08-28"))
        effective = try #require(CalendarDate("2025-09-02"))
        expiry = try #require(CalendarDate("2027-01-15"))
    }

    private func call(
        _ root: String, underlying: String = "LCID", strike: FixedDecimal = 5, delivers: FixedDecimal? = nil,
        names: [Identifier] = []
    ) throws -> InstrumentTerms {
        let osi = try #require(OSISymbol(root: root, expiry: expiry, right: .call, strike: strike)).description
        let contract = Contract(
            underlying: underlying, root: root, expiry: expiry, strike: strike, right: .call, premiumMultiplier: 100,
            deliverables: delivers.map { [Deliverable(symbol: underlying, amount: $0)] })
        return InstrumentTerms(
            kind: .equityOption, symbol: osi, contract: contract, identifiers: [Identifier(.osi, osi)] + names)
    }

    private func share(_ symbol: String, kind: InstrumentKind = .equity, certain: Bool = true) -> InstrumentTerms {
        InstrumentTerms(kind: kind, kindIsCertain: certain, symbol: symbol)
    }

    // MARK: Joining

    @Test func oneContract_describedByTwoSources_isOneRow() throws {
        var master = InstrumentMaster()
        let first = master.resolve(try call("LCID", names: [Identifier(.dxfeed, ".LCID270115C5")]), on: before)
        var second = try call("LCID", delivers: 100, names: [Identifier(.conId, "4711")])
        second.contract?.exerciseStyle = .american
        let joined = master.resolve(second, on: before)
        #expect(joined.id == first.id)
        #expect(joined.outcome == .amended)
        #expect(joined.conflict == nil)
        #expect(master.resolve(second, on: before).outcome == .known)
        #expect(master[first.id].contract?.exerciseStyle == .american)
        #expect(master[first.id].contract?.deliverables?.first?.amount == 100)
        #expect(master[first.id].identifier(.conId) == "4711")
        let underlying = try #require(master[first.id].underlying)
        #expect(master[underlying].symbol == "LCID")
        #expect(underlying < first.id)
    }

    @Test func differentTerms_areKeptApart_andSaidSo() throws {
        var master = InstrumentMaster()
        let first = master.resolve(try call("LCID", delivers: 100), on: before)
        let second = master.resolve(try call("LCID", delivers: 10), on: before)
        #expect(second.id != first.id)
        #expect(second.outcome == .added)
        #expect(second.conflict != nil)
        var mini = try call("LCID", delivers: 100)
        mini.contract?.premiumMultiplier = 10
        let third = master.resolve(mini, on: before)
        #expect(![first.id, second.id].contains(third.id))
        #expect(third.conflict != nil)
        // Each description still finds its own row.
        #expect(master.resolve(try call("LCID", delivers: 100), on: before).id == first.id)
        #expect(master.resolve(try call("LCID", delivers: 10), on: before).id == second.id)
    }

    @Test func otherStrike_isAnotherInstrument_withoutConflict() throws {
        var master = InstrumentMaster()
        _ = master.resolve(try call("LCID"), on: before)
        let other = master.resolve(try call("LCID", strike: 6), on: before)
        #expect(other.outcome == .added)
        #expect(other.conflict == nil)
    }

    @Test func kind_isUpgraded_byASourceThatKnows() {
        var master = InstrumentMaster()
        let first = master.resolve(share("SPY", certain: false), on: before)
        let upgraded = master.resolve(share("SPY", kind: .etf), on: before)
        #expect(upgraded.id == first.id)
        #expect(master[first.id].kind == .etf)
        _ = master.resolve(share("SPY", certain: false), on: before)
        _ = master.resolve(share("SPY", kind: .fund), on: before)
        #expect(master[first.id].kind == .etf)
    }

    @Test func listingsAndCurrencies_areDifferentInstruments() {
        var master = InstrumentMaster()
        var london = share("VOD")
        (london.listing, london.identifiers) = ("XLON", [Identifier(.isin, "GB00BH4HKS39")])
        var newYork = share("VOD")
        newYork.identifiers = [Identifier(.isin, "GB00BH4HKS39")]
        let first = master.resolve(london, on: before)
        #expect(master.resolve(newYork, on: before).id != first.id)
        newYork.currency = .eur
        #expect(master.resolve(newYork, on: before).id.raw == 3)
    }

    @Test func isin_joinsAcrossSymbols_withinOneListing() {
        var master = InstrumentMaster()
        var first = share("BRK.B")
        first.identifiers = [Identifier(.isin, "US0846707026")]
        var second = share("BRKB")
        second.identifiers = [Identifier(.isin, "US0846707026")]
        #expect(master.resolve(first, on: before).id == master.resolve(second, on: before).id)
    }

    @Test func indexAndShare_ofOneSymbol_areDifferent() {
        var master = InstrumentMaster()
        let share = master.resolve(share("SPX"), on: before)
        #expect(master.resolve(self.share("SPX", kind: .index), on: before).id != share.id)
    }

    // MARK: Adjustment of a contract

    @Test func contract_keepsItsNumber_whenThePermanentNumberStays() throws {
        var master = InstrumentMaster()
        let old = try call("LCID", delivers: 100, names: [Identifier(.conId, "4711")])
        let id = master.resolve(old, on: before).id
        let new = try call("LCID1", delivers: 10, names: [Identifier(.conId, "4711")])
        let renamed = master.resolve(new, on: effective)
        #expect(renamed.id == id)
        #expect(renamed.outcome == .amended)
        #expect(renamed.conflict == nil)
        #expect(master[id].symbol == new.symbol)
        #expect(master[id].contract?.root == "LCID1")
        #expect(master[id].contract?.deliverables?.first?.amount == 10)
        #expect(master[id].multiplier == 100)
        try expectNames(master, old: old.symbol, new: new.symbol, id: id)

        // The other broker, which has no permanent number, joins by the new terms.
        let other = try call("LCID1", delivers: 10, names: [Identifier(.dxfeed, ".LCID1270115C5")])
        #expect(master.resolve(other, on: effective).id == id)
    }

    @Test func contract_keepsItsNumber_whenItIsRenamed() throws {
        var master = InstrumentMaster()
        let old = try call("LCID", delivers: 100, names: [Identifier(.dxfeed, ".LCID270115C5")])
        let id = master.resolve(old, on: before).id
        let new = try call("LCID1", delivers: 10, names: [Identifier(.dxfeed, ".LCID1270115C5")])
        try master.rename(id, to: new, effective: effective)
        try expectNames(master, old: old.symbol, new: new.symbol, id: id)
        #expect(master.find(.dxfeed, ".LCID270115C5", on: before) == id)
        #expect(master.find(.dxfeed, ".LCID270115C5", on: effective) == nil)
        let known = master.resolve(new, on: effective)
        #expect(known.id == id)
        #expect(known.outcome == .known)

        // A standard contract listed anew under the old root is another instrument.
        let relisted = master.resolve(old, on: effective)
        #expect(relisted.id != id)
        #expect(relisted.conflict != nil)
    }

    private func expectNames(_ master: InstrumentMaster, old: String, new: String, id: InstrumentID) throws {
        #expect(master.find(.osi, old, on: before) == id)
        #expect(master.find(.osi, old, on: effective.adding(days: -1)) == id)
        #expect(master.find(.osi, old, on: effective) == nil)
        #expect(master.find(.osi, new, on: effective) == id)
        #expect(master.find(.osi, new, on: before) == nil)
        #expect(master[id].identifier(.osi) == new)
        #expect(OSISymbol(new)?.description == new)
    }

    @Test func rename_isRefused_ontoAnotherInstrument() throws {
        var master = InstrumentMaster()
        let id = master.resolve(try call("LCID"), on: before).id
        let other = master.resolve(try call("LCID", strike: 6), on: before).id
        #expect(throws: MasterError.taken(by: other)) {
            try master.rename(id, to: try call("LCID", strike: 6), effective: effective)
        }
        #expect(throws: MasterError.unknown(InstrumentID(raw: 99))) {
            try master.rename(InstrumentID(raw: 99), to: try call("LCID1"), effective: effective)
        }
    }

    @Test(arguments: [false, true])
    func symbol_givenUp_canBeSomebodyElses(isRestored: Bool) throws {
        var master = InstrumentMaster()
        let id = master.resolve(share("FB"), on: before).id
        try master.rename(id, to: share("META"), effective: effective)
        if isRestored { master = try InstrumentMaster(restoring: master.instruments) }
        #expect(master.resolve(share("META"), on: effective).id == id)
        #expect(master.resolve(share("FB"), on: before).id == id)
        #expect(master.resolve(share("FB"), on: effective).id != id)
    }

    // MARK: Rows

    @Test func restoring_resolvesAsBefore() throws {
        var master = InstrumentMaster()
        let old = try call("LCID", delivers: 100, names: [Identifier(.conId, "4711")])
        let new = try call("LCID1", delivers: 10, names: [Identifier(.conId, "4711")])
        _ = master.resolve(old, on: before)
        _ = master.resolve(new, on: effective)
        _ = master.resolve(share("SPY", kind: .etf), on: before)
        var restored = try InstrumentMaster(restoring: master.instruments)
        #expect(restored.instruments == master.instruments)
        for terms in [new, share("SPY", certain: false), share("LCID")] {
            #expect(restored.resolve(terms, on: effective) == master.resolve(terms, on: effective))
        }
        #expect(restored.find(.osi, old.symbol, on: before) == master.find(.osi, old.symbol, on: before))
        var installed = InstrumentMaster()
        for row in master.instruments { try installed.install(row) }
        #expect(installed.instruments == master.instruments)
        #expect(throws: MasterError.gap(expected: 1, found: InstrumentID(raw: 2))) {
            _ = try InstrumentMaster(restoring: Array(master.instruments.dropFirst()))
        }
    }

    @Test func takeChanges_namesEachRowOnce() throws {
        var master = InstrumentMaster()
        _ = master.resolve(try call("LCID"), on: before)
        #expect(master.takeChanges().map(\.id.raw) == [1, 2])
        #expect(master.takeChanges().isEmpty)
        _ = master.resolve(try call("LCID", delivers: 100), on: before)
        #expect(master.takeChanges().map(\.id.raw) == [2])
    }
}
