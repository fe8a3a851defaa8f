import Foundation
import PortfolioModel
import Risk
import Testing

@testable import Application

struct DocumentTests {
    private let options = DocumentOptions()
    private let service = ServiceFixture.service

    private func roundTrip<D: Document>(_ document: D) throws {
        let data = try DocumentEncoder().data(document)
        #expect(try DocumentDecoder().decode(D.self, from: data) == document)
        #expect(document.schema == D.schemaName)
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.firstMatch(of: /(?i):\s*-?(nan|inf)/) == nil)
    }

    @Test func documents_decodeToThemselves() throws {
        let view = try ViewFixture.portfolio()
        try roundTrip(StatusDocument(view: view, service: service, options: options))
        try roundTrip(PositionsDocument(view: view, service: service, options: options))
        try roundTrip(GreeksDocument(view: view, service: service, options: options))
        try roundTrip(AccountsDocument(view: view, service: service, options: options))
        try roundTrip(BalancesDocument(view: view, service: service, options: options))
        try roundTrip(BrokersDocument(catalogue: [DocumentFixture.entry], view: view, options: options))
        try roundTrip(DocumentFixture.transactions(options))
        try roundTrip(InstrumentsDocument(master: DocumentFixture.master(), sequence: 3, asOf: ViewFixture.now))
        try roundTrip(DocumentFixture.importReport)
        try roundTrip(VersionDocument(version: "0.1.0", schemaVersion: 1))
        let option = try PriceRequest([
            .model: "bsm", .right: "put", .spot: "100", .strike: "95", .years: "0.5", .rate: "0.03", .price: "2",
            .dividends: "0.2:0.5",
        ])
        try roundTrip(PriceDocument([option], [PriceAnswer(option)]))
    }

    @Test func documentsOfOneView_carryItsSequence() throws {
        let view = try ViewFixture.portfolio()
        #expect(StatusDocument(view: view, service: service, options: options).sequence == 42)
        #expect(PositionsDocument(view: view, service: service, options: options).sequence == 42)
        #expect(BalancesDocument(view: view, service: service, options: options).sequence == 42)
    }

    @Test func amounts_areStringsWithTheCurrencysDigits_andGreeksNumbers() throws {
        let view = try ViewFixture.portfolio()
        let text = try DocumentEncoder.text(PositionsDocument(view: view, service: service, options: options))
        #expect(text.contains(#""amount":"484.00","asOf":"2026-11-21T14:29:57.000Z","currency":"USD""#))
        #expect(text.contains(#""quantity":"-2""#))
        #expect(text.contains(#""strike":"570""#))
        #expect(text.contains(#""expiry":"2026-11-27""#))
        #expect(text.contains(#""dollarDelta":24000"#))
        #expect(text.contains(#""value":0.2531"#))
        #expect(text.contains(#""dte":6"#))
    }

    @Test func unknownFigure_isNullWithItsReason() throws {
        let rows = PositionsDocument(view: try ViewFixture.portfolio(), service: service, options: options).positions
        let dead = try #require(rows.first { $0.instrument.strike == 500 })
        #expect(dead.mark.value == nil)
        #expect(dead.mark.reason == "no quote")
        #expect(dead.averageOpenPrice == nil)
        #expect(dead.costBasis == nil)
        #expect(dead.marketValue.base.amount == nil)
        #expect(dead.marketValue.base.reason == "no quote")
    }

    @Test func numberThatIsNone_isNull() throws {
        let rows = PositionsDocument(view: try ViewFixture.portfolio(), service: service, options: options).positions
        let dead = try #require(rows.first { $0.instrument.strike == 500 })
        #expect(dead.positionGreeks.delta == nil)
        #expect(dead.positionGreeks.gamma == nil)
        #expect(dead.positionGreeks.theta == 0)
    }

    @Test func totals_withAPartUnknown_areNullBesideWhatIsKnown() throws {
        let totals = StatusDocument(view: try ViewFixture.portfolio(), service: service, options: options).totals
        #expect(totals.marketValue.amount == nil)
        #expect(totals.marketValue.known == 58_990)
        #expect(totals.marketValue.missing == ["RELIANCE", "SPY   261127P00500000"])
        #expect(totals.notional.amount == 300_500)
        #expect(totals.dollarDelta == nil)
        #expect(totals.knownGreeks.dollarDelta == 384_500)
        #expect(totals.betaWeightedDelta == nil && totals.betaWeightedReason?.contains("`risk`") == true)
        #expect(totals.missing == ["RELIANCE", "SPY   261127P00500000"])
    }

    @Test func betaWeightedDelta_isWhatRiskHas_orSaysWhyNot() throws {
        let view = try ViewFixture.portfolio()
        func totals(_ view: PortfolioView, _ price: Figure<Double>) -> StatusTotals {
            StatusDocument(
                view: view, service: service, options: options, weighting: BetaWeighting(index: "SPY", price: price)
            ).totals
        }
        let price = Figure.confirmed(600.0, asOf: nil, source: "test")
        #expect(totals(view, .unknown("no price of SPY")).betaWeightedReason == "no price of SPY")
        let lacking = totals(view, price)
        #expect(lacking.betaWeightedDelta == nil && lacking.betaWeightedReason?.contains("without a beta") == true)
        var known = view
        known.positions = view.positions.filter { $0.group == "SPY" && $0.moneyGreeks.value != nil }
        let found = totals(known, price)
        let delta = known.positions.compactMap(\.positionGreeks.value?.delta).reduce(0, +)
        #expect(found.betaWeightedReason == nil)
        #expect(found.betaWeightedDelta.map { abs($0 - delta) < 1e-6 } == true)
    }

    @Test func statusTotals_areTheSumsOfThePositions() throws {
        let view = try ViewFixture.portfolio()
        let totals = StatusDocument(view: view, service: service, options: options).totals
        let rows = PositionsDocument(view: view, service: service, options: options).positions
        #expect(try FixedDecimal.sum(rows.compactMap(\.marketValue.base.amount)) == totals.marketValue.known)
        #expect(try FixedDecimal.sum(rows.compactMap(\.dayPnL.base.amount)) == totals.dayPnL.known)
        #expect(rows.compactMap(\.moneyGreeks.dollarDelta).reduce(0, +) == totals.knownGreeks.dollarDelta)
    }

    @Test(arguments: [false, true]) func accountNumbers_areMasked_unlessAskedFor(unmask: Bool) throws {
        let view = try ViewFixture.portfolio()
        let options = DocumentOptions(unmask: unmask)
        let texts = try [
            DocumentEncoder.text(StatusDocument(view: view, service: service, options: options)),
            DocumentEncoder.text(PositionsDocument(view: view, service: service, options: options)),
            DocumentEncoder.text(AccountsDocument(view: view, service: service, options: options)),
            DocumentEncoder.text(BalancesDocument(view: view, service: service, options: options)),
            DocumentEncoder.text(DocumentFixture.transactions(options)),
        ]
        for text in texts {
            #expect(text.contains("5WX01234") == unmask)
            #expect(text.contains("****1234") == !unmask)
        }
    }

    @Test func decoding_refusesAMissingKey() throws {
        let text = try DocumentEncoder.text(
            StatusDocument(view: try ViewFixture.portfolio(), service: service, options: options))
        let without = text.replacing(#""betaWeightedDelta":null,"#, with: "")
        #expect(without != text)
        #expect(throws: DecodingError.self) {
            try DocumentDecoder().decode(StatusDocument.self, from: Data(without.utf8))
        }
    }

    @Test func status_listsWhatExpiresWithinAWeek() throws {
        let status = StatusDocument(view: try ViewFixture.portfolio(), service: service, options: options)
        #expect(status.expiring.map(\.dte) == [6, 6])
        #expect(status.exitCode == 2)
    }

    @Test func balances_withoutARate_areUnknownInBaseCurrency() throws {
        let rows = BalancesDocument(view: try ViewFixture.portfolio(), service: service, options: options).balances
        let rupees = try #require(rows.first { $0.currency == .inr })
        #expect(rupees.cash.native.amount == 700)
        #expect(rupees.cash.base.amount == nil)
        #expect(rupees.cash.base.reason == "no INR/USD rate")
    }
}
