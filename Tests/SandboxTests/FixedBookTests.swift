import Foundation
import Sandbox
import Testing

struct FixedBookTests {
    private func frozen() throws -> (MarketModel, MarketModel.FixedBook) {
        var model = MarketModel(seed: 1, start: MarketModelTests.start)
        let frozen = model.freezeAtS11()
        return (model, try #require(frozen))
    }

    private func amount(_ text: String) throws -> SandboxAmount { try #require(SandboxAmount(text)) }

    @Test func marksAndPriorCloses_areTheBooks() throws {
        let (model, book) = try frozen()
        let rows = [
            (book.share, "600", "597"), (book.sharePut, "5.05", "5.6"), (book.adjustedCall, "3", "2.8"),
            (book.future, "6010", "5990"), (book.futurePut, "33", "35"),
        ]
        for (index, mark, previous) in rows {
            let quote = model.quote(of: index)
            #expect(quote.mark == (try amount(mark)))
            #expect(quote.previousClose == (try amount(previous)))
            let (bid, ask) = (try #require(quote.bid), try #require(quote.ask))
            if model.instruments[index].option != nil {
                #expect(bid + ask == (try amount(mark)) * 2)
            } else {
                #expect(quote.last == (try amount(mark)))
            }
        }
        #expect(model.spot(of: book.adjustedCall) == 60)
    }

    @Test func greeks_areTheBooks() throws {
        let (model, book) = try frozen()
        let rows = [
            (book.sharePut, [-0.20, 0.010, -0.15, 0.50]), (book.adjustedCall, [0.60, 0.20, -0.01, 0.01]),
            (book.futurePut, [-0.25, 0.001, -1.20, 6.00]),
        ]
        for (index, expected) in rows {
            let greeks = try #require(model.greeks(of: index))
            #expect([greeks.delta, greeks.gamma, greeks.theta, greeks.vega] == expected)
        }
    }

    @Test func contracts_areTheBooks() throws {
        let (model, book) = try frozen()
        let put = try #require(model.instruments[book.sharePut].option)
        #expect(put.root == "SPY" && put.strike == SandboxAmount(570) && put.right == .put)
        let adjusted = try #require(model.instruments[book.adjustedCall].option)
        #expect(adjusted.root == "ABC1" && adjusted.deliverable == 10 && adjusted.strike == SandboxAmount(5))
        #expect(model.instruments[book.adjustedCall].multiplier == 100)
        let futurePut = try #require(model.instruments[book.futurePut].option)
        #expect(futurePut.strike == SandboxAmount(5_900) && futurePut.right == .put)
        #expect(model.instruments[book.futurePut].underlying == book.future)
    }

    @Test func frozenMarket_showsTheSame_afterSteps() throws {
        var (model, book) = try frozen()
        let before = model.quote(of: book.sharePut)
        for _ in 0..<50 { model.step() }
        #expect(model.quote(of: book.sharePut) == before)
        #expect(model.quote(of: book.share).mark == SandboxAmount(600))
    }

    @Test func move_carriesOptionsByDeltaAndGamma() throws {
        var (model, book) = try frozen()
        model.move(book.share, by: 2)
        #expect(model.quote(of: book.share).last == SandboxAmount(602))
        #expect(model.quote(of: book.sharePut).mark == (try amount("4.67")))
        let greeks = try #require(model.greeks(of: book.sharePut))
        #expect(abs(greeks.delta + 0.18) < 1e-12)
        #expect(model.quote(of: book.future).last == SandboxAmount(6_010))
    }

    @Test func move_carriesTheAdjustedOption_byItsDeliverableOverMultiplier() throws {
        var (model, book) = try frozen()
        model.move(model.instruments[book.adjustedCall].underlying, by: 2)
        // One contract: 0.60 x 10 x 2 + 0.20 x 10 x 10 / 100 x 2 x 2 / 2 = 12.40, so 0.124 a unit of its price.
        #expect(model.quote(of: book.adjustedCall).mark == (try amount("3.124")))
        let greeks = try #require(model.greeks(of: book.adjustedCall))
        #expect(abs(greeks.delta - 0.64) < 1e-12)
    }
}
