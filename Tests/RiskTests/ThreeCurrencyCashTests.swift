import PortfolioModel
import Risk
import Testing

/// Scenario S2: a margin account in three currencies.
struct ThreeCurrencyCashTests {
    private static let krone = Currency("DKK") ?? .usd

    private func book(_ rates: [(Currency, String)]) -> BookMaker {
        var maker = BookMaker(base: .eur)
        for (currency, cash) in [(Currency.eur, "5266.53"), (.usd, "-4549.63"), (Self.krone, "-1258.09")] {
            maker.apply([
                .balance(Balance(key: .init(BookMaker.account, currency), cash: decimal(cash), asOf: maker.now))
            ])
        }
        for (quote, rate) in rates {
            maker.apply([
                .rate(FXRate(base: .eur, quote: quote, rate: decimal(rate), asOf: maker.now, source: "ecb"))
            ])
        }
        return maker
    }

    private let both: [(Currency, String)] = [(.usd, "1.1851"), (ThreeCurrencyCashTests.krone, "7.4691")]

    @Test func cash_isThreeBalancesWithSign_andATotalToTheCent() throws {
        let view = book(both).view()
        #expect(view.balances.map(\.cash) == [decimal("-1258.09"), decimal("5266.53"), decimal("-4549.63")])
        for total in [view.totals.cash, view.totals.netLiquidation] {
            #expect(try total.figure.amount.value?.rounded(toPlaces: 2, .halfEven) == decimal("1259.06"))
            #expect(total.figure.amount.state == .confirmed)
        }
    }

    @Test func accountAndBase_tie() throws {
        let view = book(both).view()
        // The account's own currency is the dollar.
        let dollars = try #require(view.accounts.first?.cash.figure)
        #expect(dollars.currency == .usd)
        let euros = try #require(view.fx.convert(dollars, to: .eur).amount.value)
        let total = try #require(view.totals.cash.figure.amount.value)
        #expect(try (euros - total).magnitude < decimal("0.0000001"))
    }

    @Test func theTotal_isUnknown_whenTheKroneRateIsMissing() throws {
        let view = book([(.usd, "1.1851")]).view()
        #expect(view.totals.cash.figure.amount.value == nil)
        #expect(view.totals.cash.figure.amount.state == .unknown)
        #expect(view.totals.cash.missing == ["tastytrade-1 cash DKK"])
        #expect(try view.totals.cash.known.rounded(toPlaces: 2, .halfEven) == decimal("1427.5"))
    }

    @Test func balances_inAnyOrder_giveTheSameTotal() throws {
        let expected = book(both).view().totals.cash.figure.amount.value
        #expect(expected != nil)
        #expect(book(both.reversed()).view().totals.cash.figure.amount.value == expected)
    }

    @Test func theTotal_isStale_whenARateIsOld() throws {
        var maker = book(both)
        maker.now = maker.now.adding(.seconds(5 * 86_400))
        let view = maker.view()
        #expect(view.totals.cash.figure.amount.state == .stale)
        #expect(try view.totals.cash.figure.amount.value?.rounded(toPlaces: 2, .halfEven) == decimal("1259.06"))
        let patient = RiskSettings(session: .alwaysOpen, fx: FXRules(staleAfter: nil))
        #expect(maker.view(patient).totals.cash.figure.amount.state == .confirmed)
    }

    @Test func rupees_areValuedThroughEuro_andTheViewSaysSo() throws {
        var maker = BookMaker()
        let reliance = maker.share("RELIANCE", currency: .inr)
        maker.hold(reliance, "50", at: "1400", prior: "1450")
        maker.trade(reliance, "1440")
        for (quote, rate) in [(Currency.usd, "1.1357"), (.inr, "97.0205")] {
            maker.apply([
                .rate(FXRate(base: .eur, quote: quote, rate: decimal(rate), asOf: maker.now, source: "ecb"))
            ])
        }
        let row = try #require(maker.view().row(reliance))
        #expect(try row.marketValue.base.amount.value?.rounded(toPlaces: 2, .halfEven) == decimal("842.82"))
        #expect(row.marketValue.base.amount.source.hasSuffix("ecb via EUR"))
        #expect(try #require(row.moneyGreeks.value).dollarDelta.rounded() == 843)
    }
}
