import PortfolioModel
import Risk
import Testing

struct PositionMoneyTests {
    /// domain.md, Unrealised P&L.
    @Test(arguments: [
        (true, "1", "5", "3", "-200"), (true, "-2", "7.47", "5.05", "484"), (false, "100", "54.50", "52.79", "-171"),
    ])
    func unrealized_isTheWorkedExample(
        isOption: Bool, quantity: String, average: String, mark: String, expected: String
    )
        throws
    {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let id = isOption ? maker.option("XYZ", on: "XYZ", "100", .put) : share
        maker.hold(id, quantity, at: average)
        if isOption { maker.quote(id, mark, mark) } else { maker.trade(id, mark) }
        let row = try #require(maker.view().row(id))
        #expect(row.unrealizedPnL.native.amount.value == decimal(expected))
    }

    @Test func day_countsOvernightFillsAndCash() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let today = DayActivity(
            date: BookMaker.today,
            fills: [.init(quantity: 40, price: decimal("10.50")), .init(quantity: -10, price: decimal("11.25"))],
            cash: decimal("-1.30"))
        maker.hold(share, "130", today: today)
        maker.trade(share, "11", previous: "10")
        // 100 overnight x 1 + 40 x 0.50 + -10 x -0.25 - 1.30
        #expect(maker.view().row(share)?.dayPnL.native.amount.value == decimal("121.2"))
    }

    @Test func day_ignoresActivityOfAnotherSession() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let yesterday = DayActivity(
            date: BookMaker.today.adding(days: -1), fills: [.init(quantity: 100, price: 7)], cash: 50)
        maker.hold(share, "100", today: yesterday)
        maker.trade(share, "11", previous: "10")
        #expect(maker.view().row(share)?.dayPnL.native.amount.value == 100)
    }

    @Test func day_isUnknown_withoutAPriorSettlement() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.hold(share, "100")
        maker.trade(share, "11")
        let row = try #require(maker.view().row(share))
        #expect(row.dayPnL.native.amount.reason == "no prior settlement")
        #expect(row.unrealizedPnL.native.amount.reason == "no open price")
        #expect(row.marketValue.native.amount.value == 1100)
    }

    @Test func day_needsNoPrior_whenOpenedToday() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.hold(
            share, "5", today: DayActivity(date: BookMaker.today, fills: [.init(quantity: 5, price: 10)]))
        maker.trade(share, "11")
        #expect(maker.view().row(share)?.dayPnL.native.amount.value == 5)
    }

    /// 1000 EUR overnight of which 40 were sold and 10 bought today; the euro went from 1.10 to 1.25.
    private func euros(settled: String?, at hours: Int = -24, today: DayActivity) -> (BookMaker, InstrumentID) {
        var maker = BookMaker()
        let share = maker.share("SAP", currency: .eur)
        maker.hold(share, "10", today: today)
        maker.trade(share, "105", previous: "100")
        func rate(_ value: String, _ hours: Int) -> FXRate {
            FXRate(
                base: .eur, quote: .usd, rate: decimal(value), asOf: maker.now.adding(.seconds(3600 * hours)),
                source: "ecb")
        }
        if let settled { maker.apply([.rate(rate(settled, hours))]) }
        maker.apply([.rate(rate("1.25", 0))])
        return (maker, share)
    }

    @Test func day_hasTheFxMoveOnTheOvernightValue_inBaseCurrency() throws {
        let (maker, share) = euros(settled: "1.10", today: .init())
        let row = try #require(maker.view().row(share))
        // 50 EUR at 1.25, and 1000 EUR x 0.15: what 1050 x 1.25 - 1000 x 1.10 is.
        #expect(row.dayPnL.native.amount.value == 50)
        #expect(row.dayPnL.base.amount.value == decimal("212.5"))
        #expect(row.dayPnL.account.amount.value == decimal("212.5"))
        #expect(row.dayFX.amount.value == 150 && row.dayFX.currency == .usd)
        #expect(maker.view().totals.dayPnL.figure.amount.value == decimal("212.5"))
    }

    @Test func day_hasNoFxMoveOnWhatWasTradedToday() throws {
        let today = DayActivity(date: BookMaker.today, fills: [.init(quantity: 4, price: 100)])
        let (maker, share) = euros(settled: "1.10", today: today)
        let row = try #require(maker.view().row(share))
        #expect(row.dayFX.amount.value == 90)
        #expect(row.dayPnL.base.amount.value == decimal("152.5"))
        let bought = DayActivity(date: BookMaker.today, fills: [.init(quantity: 10, price: 100)])
        let (fresh, id) = euros(settled: nil, today: bought)
        #expect(fresh.view().row(id)?.dayPnL.base.amount.value == decimal("62.5"))
    }

    @Test func day_isUnknownInBaseCurrency_withoutARateOfThePriorSettlement() throws {
        // The day's own rates are none of the day before.
        for settled in [nil, "1.10"] {
            let (maker, share) = euros(settled: settled, at: -1, today: .init())
            let view = maker.view()
            let row = try #require(view.row(share))
            #expect(row.dayPnL.native.amount.value == 50)
            #expect(row.dayPnL.base.amount.reason == "no EUR/USD rate at the prior settlement")
            #expect(row.dayFX.amount.value == nil)
            #expect(view.totals.dayPnL.missing == ["tastytrade-1 SAP"])
        }
    }

    @Test func day_ofAFuture_hasNoFxMove() throws {
        var maker = BookMaker(base: .eur)
        let future = maker.future("/ESZ6", product: "/ES", multiplier: 50)
        maker.hold(future, "1", prior: "5990")
        maker.trade(future, "6010")
        maker.apply([
            .rate(FXRate(base: .eur, quote: .usd, rate: decimal("1.25"), asOf: maker.now, source: "ecb"))
        ])
        let row = try #require(maker.view().row(future))
        #expect(row.dayPnL.base.amount.value == 800 && row.dayFX.amount.value == 0)
    }

    /// Monday's day counts from Friday's settlement, which a weekend's rates are not of; Mumbai's Thursday begins while
    /// New York has Wednesday, and of its holiday, the 24th, there is no settlement.
    @Test(arguments: [
        ("2026-11-23T16:00:00Z", Currency.eur, "2026-11-20"), ("2026-11-19T04:00:00Z", .inr, "2026-11-18"),
        ("2026-11-19T04:00:00Z", .eur, "2026-11-17"), ("2026-11-25T04:00:00Z", .inr, "2026-11-23"),
    ])
    func day_countsFromTheListingExchangesSession(now: String, currency: Currency, settled: String) throws {
        var maker = BookMaker(now: try #require(Timestamp(now)))
        let share = maker.share("AAA", currency: currency)
        maker.hold(share, "1")
        maker.trade(share, "100", previous: "100")
        let first = try #require(CalendarDate(year: 2026, month: 11, day: 16))
        for day in 0..<10 {
            let date = first.adding(days: day)
            let rate = try FixedDecimal(1) + FixedDecimal(day)
            maker.apply([
                .rate(
                    FXRate(
                        base: currency, quote: .usd, rate: rate, asOf: Timestamp(seconds: date.dayNumber * 86_400),
                        source: "ecb"))
            ])
        }
        let then = try #require(CalendarDate(settled))
        let moved = first.adding(days: 9).dayNumber - then.dayNumber
        let row = try #require(maker.view(RiskSettings()).row(share))
        #expect(row.dayFX.amount.value == FixedDecimal(100 * moved))
    }

    /// What a file of Friday says of Friday is not Monday's profit, from the midnight on from which the rates that the
    /// day counts from are Friday's.
    @Test func day_isUnknown_fromAnOlderStatement() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.hold(share, "10", prior: "100", brokerMark: "101")
        let settings = RiskSettings()
        #expect(try #require(maker.view(settings).row(share)).dayPnL.base.amount.value == 10)
        maker.now = BookMaker.closed
        #expect(try #require(maker.view(settings).row(share)).dayPnL.base.amount.value == 10)
        maker.now = try #require(Timestamp("2026-11-23T04:59:59Z"))
        #expect(try #require(maker.view(settings).row(share)).dayPnL.base.amount.value == 10)
        for instant in ["2026-11-23T05:00:00Z", "2026-11-23T15:00:00Z"] {
            maker.now = try #require(Timestamp(instant))
            let row = try #require(maker.view(settings).row(share))
            #expect(row.dayPnL.base.amount.reason == "no prior settlement", "\(instant)")
        }
        let view = maker.view(settings)
        #expect(view.totals.dayPnL.figure.amount.state == .unknown)
        let engine = RiskEngine(book: maker.book, settings: settings, now: maker.now)
        #expect(engine.totals.dayPnL.known == 0)
        maker.trade(share, "103", previous: "102")
        #expect(try #require(maker.view(settings).row(share)).dayPnL.base.amount.value == 10)
    }

    @Test func money_isUnknown_whenOutOfRange() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.hold(share, "900000000000000000000", at: "1")
        maker.trade(share, "1000")
        let row = try #require(maker.view().row(share))
        #expect(row.marketValue.native.amount.reason == "amount out of range")
        #expect(maker.view().totals.marketValue.figure.amount.state == .unknown)
    }

    @Test(arguments: [
        ("105", "2", PositionView.Moneyness.inTheMoney), ("100", "7", .atTheMoney), ("98", "7", .outOfTheMoney),
    ])
    func extrinsic_isWhatExceedsExercise(price: String, expected: String, moneyness: PositionView.Moneyness) throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        let call = maker.option("XYZ", on: "XYZ", "100", .call)
        maker.hold(call, "1")
        maker.trade(share, price)
        maker.quote(call, "6.9", "7.1")
        let row = try #require(maker.view().row(call))
        #expect(row.extrinsicValue.value == decimal(expected))
        #expect(row.moneyness == moneyness)
        #expect(row.daysToExpiry == 28)
    }

    @Test func extrinsic_ofAnAdjustedOption_countsItsDeliverable() throws {
        var maker = BookMaker()
        let share = maker.share("ABC")
        let call = maker.option(
            "ABC1", on: "ABC", "5", .call,
            delivers: [
                Deliverable(symbol: "ABC", amount: 10), Deliverable(symbol: "USD", amount: 50, isCash: true),
            ])
        maker.hold(call, "1")
        maker.trade(share, "60")
        maker.quote(call, "1.9", "2.1")
        let row = try #require(maker.view().row(call))
        // Exercise pays 500 for 10 x 60 + 50: 1.50 per unit of quoted price.
        #expect(row.extrinsicValue.value == decimal("0.5"))
        #expect(row.moneyness == .inTheMoney)
    }

    @Test func account_addsCashOfAllCurrenciesAndKeepsTheBrokers() throws {
        var maker = BookMaker()
        let share = maker.share("XYZ")
        maker.hold(share, "100", at: "10")
        maker.trade(share, "11")
        let id = BookMaker.account
        maker.apply([
            .balance(Balance(key: .init(id, .usd), cash: decimal("-100.25"), asOf: maker.now)),
            .balance(Balance(key: .init(id, .inr), cash: 8450, asOf: maker.now)),
            .figures(
                AccountFigures(
                    account: id, netLiquidation: 2000, derivativeBuyingPower: 500, usedDerivativeBuyingPower: 70,
                    maintenanceMargin: 500, asOf: maker.now)),
        ])
        let without = try #require(maker.view().accounts.first)
        #expect(without.netLiquidation.figure.amount.value == nil)
        #expect(without.netLiquidation.known == decimal("999.75"))
        #expect(without.netLiquidation.missing == ["tastytrade-1 cash INR"])
        maker.apply([
            .rate(FXRate(base: .inr, quote: .usd, rate: decimal("0.012"), asOf: maker.now, source: "config"))
        ])
        let view = maker.view()
        let account = try #require(view.accounts.first)
        #expect(account.netLiquidation.figure.amount.value == decimal("1101.15"))
        #expect(account.cash.figure.amount.value == decimal("1.15"))
        #expect(view.totals.netLiquidation.figure.amount.value == decimal("1101.15"))
        #expect(account.brokerNetLiquidation.amount.value == 2000)
        #expect(account.marginUsedPercent.value == 25)
        #expect(account.buyingPowerUsed.amount.value == 70)
    }

    @Test func account_isMissing_untilItsHoldingsWereStated() throws {
        var maker = BookMaker()
        maker.add(Account(id: AccountID("ibkr-1"), key: AccountKey(BrokerID("ibkr"), "U1")))
        let totals = maker.view().totals
        #expect(totals.netLiquidation.missing == ["ibkr-1 cash"])
        #expect(totals.cash.figure.amount.state == .unknown)
    }
}
