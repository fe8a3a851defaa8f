import Foundation
import PortfolioModel
import Pricing
import Risk
import Testing

@testable import Application

struct ModelInputsDocumentTests {
    /// A held put whose quote is all that is known of it: its Greeks are the model's.
    private static func positions() throws -> PositionsDocument {
        let today = MarketZone.newYork.date(of: ViewFixture.asOf)
        var master = InstrumentMaster()
        let share = master.resolve(InstrumentTerms(kind: .equity, symbol: "XYZ"), on: today).id
        let contract = Contract(
            underlying: "XYZ", root: "XYZ", expiry: today.adding(days: 28), strike: 100, right: .put,
            premiumMultiplier: 100, deliverables: [Deliverable(symbol: "XYZ", amount: 100)])
        let put = master.resolve(InstrumentTerms(kind: .equityOption, symbol: "XYZ P", contract: contract), on: today)
            .id
        let account = ViewFixture.tasty
        var batch = MarketBatch(source: account.key.broker, receivedAt: ViewFixture.asOf)
        batch.trades = [TradeEvent(instrument: share.raw, price: WireDecimal(100))]
        batch.quotes = [QuoteEvent(instrument: put.raw, bid: WireDecimal(3), ask: WireDecimal(3))]
        var book = Book(base: .usd)
        try book.apply(
            PortfolioUpdate(
                sequence: 1, at: ViewFixture.asOf,
                changes: master.takeChanges().map { .instrument($0) } + [
                    .account(account),
                    .position(
                        Position(
                            key: PositionKey(account.id, put), quantity: 1,
                            basis: Basis(includesFees: false, source: "test"), asOf: ViewFixture.asOf)),
                    .market(batch),
                ]))
        let view = RiskEngine.view(of: book, settings: RiskSettings(session: .alwaysOpen), at: ViewFixture.asOf)
        let service = ServiceInfo(version: "0", startedAt: ViewFixture.asOf, environment: "sandbox")
        return PositionsDocument(view: view, service: service, options: DocumentOptions())
    }

    @Test func inputs_standBesideAModelsGreeks() throws {
        let row = try #require(Self.positions().positions.first)
        #expect(row.unitGreeks.source == "model")
        let inputs = try #require(row.modelInputs)
        #expect(inputs.model == "bsm" && inputs.exercise == "american" && inputs.right == "put")
        #expect(inputs.spot == 100 && inputs.strike == 100 && inputs.rate == 0.04 && inputs.yield == 0)
        #expect(inputs.volatility == row.iv.value && inputs.dividends.isEmpty && inputs.forward == nil)
    }

    @Test func forward_isNamed_whereParityGaveIt() throws {
        let quotes = [98.0, 102].map {
            ParityForward.Strike(strike: $0, callBid: 106 - $0, callAsk: 106.1 - $0, putBid: 0.5, putAsk: 0.6)
        }
        let estimate = try ParityForward.estimate(quotes, years: 0.25, rate: 0)
        let model = OptionModel(
            right: .call, underlyingPrice: 100, strike: 98, years: 0.25, rate: 0,
            yield: ModelForward.parity(estimate).yield(spot: 100, years: 0.25, rate: 0))
        let inputs = ModelInputsDocument(ModelInputs(model, volatility: 0.2, forward: .parity(estimate)))
        #expect(inputs.model == "black76" && inputs.spot == 100 && inputs.yield == model.yield)
        let forward = try #require(inputs.forward)
        #expect(forward.source == "parity" && forward.strikes == 2 && forward.uncertainty == estimate.uncertainty)
        #expect(forward.price == estimate.forward && abs(model.forward - forward.price) < 1e-9)
    }
    @Test func forward_isNamed_whereAFutureGaveIt() throws {
        let model = OptionModel(right: .call, underlyingPrice: 100, strike: 98, years: 0.25, rate: 0, yield: 0)
        let forward = ModelForward.future(symbol: "/ESZ6", price: 101)
        let document = ModelInputsDocument(ModelInputs(model, volatility: 0.2, forward: forward))
        let stated = try #require(document.forward)
        #expect(document.model == "black76" && stated.price == 101 && stated.source == "future /ESZ6")
        #expect(stated.strikes == nil && stated.uncertainty == nil)
    }
}
