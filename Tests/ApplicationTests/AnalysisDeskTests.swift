import Foundation
import Logging
import PortfolioModel
import PortfolioStore
import Risk
import Testing

@testable import Application

/// Analyses from a store's rows: legs by the orders that its history knows.
struct AnalysisDeskTests {
    private static let now = ViewFixture.now
    private static let account = Account(
        id: AccountID("tastytrade-1"), key: AccountKey(BrokerID("tastytrade"), "5WT00001"), state: .confirmed, asOf: now
    )

    private struct StillClock: ServiceClock {
        func now() -> Timestamp { AnalysisDeskTests.now }
        func uptime() -> Duration { .zero }
        func sleep(for duration: Duration) async throws { try Task.checkCancellation() }
    }

    /// Short puts of one expiry and the order that opened each.
    private func changes(_ orders: [String]) throws -> [BookChange] {
        var master = InstrumentMaster()
        var changes: [BookChange] = []
        for (place, order) in orders.enumerated() {
            let strike = try FixedDecimal("\(90 - place)")
            let contract = Contract(
                underlying: "XYZ", root: "XYZ", expiry: Self.now.utcDate.adding(days: 30), strike: strike, right: .put,
                premiumMultiplier: 100, deliverables: [Deliverable(symbol: "XYZ", amount: 100)])
            let id = master.resolve(
                InstrumentTerms(kind: .equityOption, symbol: "XYZ P\(strike)", contract: contract), on: Self.now.utcDate
            ).id
            changes += master.takeChanges().map { .instrument($0) }
            changes.append(
                .position(
                    Position(
                        key: PositionKey(Self.account.id, id), quantity: -1, averageOpenPrice: 1,
                        basis: Basis(includesFees: false, source: "test"), asOf: Self.now)))
            changes.append(
                .transaction(
                    Transaction(
                        account: Self.account.id, externalID: "\(place)", type: "Trade", subtype: "Sell to Open",
                        description: "", instrument: id, quantity: -1, price: 1, netCash: 100, fees: 0,
                        currency: .usd, executedAt: Self.now, tradeDate: Self.now.utcDate, receivedAt: Self.now,
                        orderID: order)))
        }
        return changes
    }

    /// A desk over a store that holds these changes, and the folder's end.
    private func withDesk(_ changes: [BookChange], _ check: (AnalysisDesk) throws -> Void) throws {
        try ConfigurationFixture.withFolder { folder in
            let store = try PortfolioStore.open(
                folder + "/book.db", stamp: .sandbox, backups: folder + "/backups", clock: StillClock(),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            var book = Book(base: .usd)
            let update = PortfolioUpdate(sequence: 1, at: Self.now, changes: [.account(Self.account)] + changes)
            try book.apply(update)
            try store.commit([update])
            try check(
                AnalysisDesk(
                    engine: RiskEngine(book: book, settings: RiskSettings(session: .alwaysOpen), now: Self.now),
                    at: Self.now, configuration: RecordingFixture.start(at: Self.now).configuration, store: store,
                    options: DocumentOptions(), keeps: false))
            try store.checkpointAndClose()
        }
    }

    @Test func risk_groupsLegsByTheOrdersOfTheStoredHistory() throws {
        try withDesk(changes(["7", "7", "8"])) { desk in
            let scope = try desk.scope(AnalysisQuery())
            let names = ["7", "8"].map { "tastytrade-1 XYZ \(Self.now.utcDate.adding(days: 30)) #\($0)" }
            #expect(scope.health.map(\.group.name) == names)
            #expect(scope.breakdown(.legs).rows.map(\.label) == names)
            #expect(scope.split(scope.revaluation, by: .legs).allSatisfy { names.contains($0.label) })
        }
    }

    /// Who asks may be where the day began before New York's.
    @Test func asOf_takesADayThatHasBegunAnywhere_andNoLaterOne() throws {
        let latest = Self.now.latestDate
        #expect(latest > MarketZone.newYork.date(of: Self.now))
        try withDesk([]) { desk in
            func refusal(_ date: CalendarDate) -> String? {
                var query = AnalysisQuery()
                query.asOf = "\(date)"
                return #expect(throws: CommandError.self) { try desk.text(.valueAtRisk, query) }?.code
            }
            #expect(refusal(latest) == "no-result")
            #expect(refusal(latest.adding(days: 1)) == "future-date")

            func rates(_ date: CalendarDate) throws -> FXTable? {
                var query = DocumentQuery([.fx])
                query.asOf = "\(date)"
                return try MarketHistory(of: desk.store, for: query, at: desk.at, configuration: desk.configuration)
                    .rates
            }
            let past = try rates(latest)
            #expect(past != nil)
            #expect(throws: CommandError.self) { try rates(latest.adding(days: 1)) }
        }
    }

    /// What a leg without a price costs and risks is unknown, not nothing.
    @Test func whatIf_knowsNoFigure_thatALegOfItHasNoPartIn() throws {
        let cash = Balance(key: .init(Self.account.id, .usd), cash: 1000, asOf: Self.now)
        try withDesk([.balance(cash)]) { desk in
            var query = AnalysisQuery()
            query.legs = ["1 ZZZ 2026-12-18 600 C", "5 NEW @10"]
            let document = try DocumentDecoder().decode(
                WhatIfDocument.self, from: Data(desk.text(.whatIf, query).utf8))
            let change = try #require(document.figures.first { $0.name == "cash" })
            #expect(change.before == .money(1000) && change.after == nil && change.difference == nil)
            #expect(change.reason == "missing what-if ZZZ 2026-12-18 600 C")
            // There is no future among them, so their notional is known: 0.
            for change in document.figures where change.name != "notional" {
                #expect(change.difference == nil, "\(change.name)")
            }
            query.legs = ["5 NEW @10"]
            let paid = try DocumentDecoder().decode(WhatIfDocument.self, from: Data(desk.text(.whatIf, query).utf8))
            #expect(paid.figures.first { $0.name == "cash" }?.difference == .money(-50))
            #expect(paid.figures.first { $0.name == "historicalVaR" }?.difference == nil)
        }
    }
}
