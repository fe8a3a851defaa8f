import PortfolioModel
import Pricing
import Risk
import Testing

/// The model that a contract gets: how it is exercised, when it ends, what it is discounted with, what dividends come.
struct ModelTermsTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        var kind: InstrumentKind
        var root = "XYZ"
        var currency = Currency.usd
        var stated: ExerciseStyle?
        var expected: ExerciseStyle
        var testDescription: String { "\(kind) \(root) \(currency)" }
    }

    private static let cases = [
        Case(kind: .equityOption, expected: .american),
        Case(kind: .equityOption, stated: .european, expected: .european),
        Case(kind: .equityOption, currency: .inr, expected: .european),
        Case(kind: .indexOption, expected: .european), Case(kind: .indexOption, root: "OEX", expected: .american),
        Case(kind: .indexOption, currency: .inr, expected: .european),
        Case(kind: .futureOption, expected: .american),
        Case(kind: .futureOption, stated: .european, expected: .european),
        Case(kind: .futureOption, currency: .inr, expected: .european),
    ]

    /// A held call at 100 on something at 100, quoted 2.95 to 3.05, 28 days from now.
    private static func quoted(
        _ kind: InstrumentKind = .equityOption, root: String = "XYZ", currency: Currency = .usd,
        stated: ExerciseStyle? = nil, days: Int = 28, delivers: FixedDecimal = 100
    ) -> (maker: BookMaker, underlying: InstrumentID, call: InstrumentID) {
        var maker = BookMaker()
        let underlying =
            kind == .futureOption
            ? maker.future("XYZ", product: "/X", multiplier: 100)
            : maker.share("XYZ", currency: currency, kind: kind == .indexOption ? .index : .equity)
        let contract = Contract(
            underlying: "XYZ", root: root, expiry: BookMaker.today.adding(days: days), strike: 100, right: .call,
            exerciseStyle: stated, premiumMultiplier: 100,
            deliverables: [Deliverable(symbol: "XYZ", amount: kind == .futureOption ? 1 : delivers)])
        let call = maker.instrument(
            InstrumentTerms(kind: kind, symbol: "\(root) C100", currency: currency, contract: contract))
        maker.hold(call, "1")
        maker.trade(underlying, "100")
        maker.quote(call, "2.95", "3.05")
        return (maker, underlying, call)
    }

    private static func settings(_ model: ModelAssumptions = ModelAssumptions()) -> RiskSettings {
        RiskSettings(session: .alwaysOpen, model: model)
    }

    @Test(arguments: cases)
    private func exercise_isTheContracts_orItsMarkets(_ example: Case) throws {
        let (maker, _, call) = Self.quoted(
            example.kind, root: example.root, currency: example.currency, stated: example.stated)
        let model = try #require(maker.view().row(call)?.pricing).model
        #expect(model.exercise == example.expected)
        #expect(model.formula == (example.kind == .futureOption ? .black76 : .blackScholesMerton))
    }

    /// 2026-12-18: the close in New York 16:00, in Chicago 15:00, which is the same hour; in Mumbai 15:30, at MCX 23:55
    /// while New York keeps its standard time.
    @Test(arguments: [
        (InstrumentKind.equityOption, Currency.usd, "2026-12-18T21:00:00Z"),
        (.futureOption, .usd, "2026-12-18T21:00:00Z"), (.equityOption, .inr, "2026-12-18T10:00:00Z"),
        (.futureOption, .inr, "2026-12-18T18:25:00Z"),
    ])
    func end_isTheMarketsCutoff(kind: InstrumentKind, currency: Currency, end: String) throws {
        let (maker, _, call) = Self.quoted(kind, currency: currency)
        let model = try #require(maker.view().row(call)?.pricing).model
        let instant = try #require(Timestamp(end))
        #expect(abs(model.years - instant.seconds(since: maker.now) / (365 * 86_400)) < 1e-12)
    }

    /// 2026-11-27 closes at 13:00 in New York.
    @Test func end_isTheEarlyClose_onAShortDay() throws {
        let (maker, _, call) = Self.quoted(days: 7)
        let model = try #require(maker.view().row(call)?.pricing).model
        let instant = try #require(Timestamp("2026-11-27T18:00:00Z"))
        #expect(abs(model.years - instant.seconds(since: maker.now) / (365 * 86_400)) < 1e-12)
    }

    @Test func rateAndYield_areTheConfigurations_byCurrencyAndSymbol() throws {
        let assumptions = ModelAssumptions(rate: 0.03, rates: [.inr: 0.065], yields: ["XYZ": 0.012])
        for (currency, rate) in [(Currency.usd, 0.03), (.inr, 0.065)] {
            let (maker, _, call) = Self.quoted(currency: currency)
            let model = try #require(maker.view(Self.settings(assumptions)).row(call)?.pricing).model
            #expect(model.rate == rate && model.yield == 0.012)
        }
    }

    /// The feed announces one; the configuration's go before it. Past ones and those after the end have no part.
    @Test func dividends_areTheFeeds_unlessTheConfigurationNamesSome() throws {
        var (maker, share, call) = Self.quoted(delivers: 90)
        let exDate = BookMaker.today.adding(days: 10)
        maker.market {
            $0.profiles.append(ProfileEvent(instrument: share.raw, dividendAmount: 0.5, exDividendDate: exDate))
        }
        let announced = try #require(maker.view().row(call)?.pricing).model.dividends
        #expect(announced.map(\.amount) == [0.45])
        let opening = try #require(Timestamp("2026-11-30T14:30:00Z"))
        #expect(abs((announced.first?.years ?? 0) - opening.seconds(since: maker.now) / (365 * 86_400)) < 1e-12)
        let declared = [-3, 5, 20, 40].map {
            ExpectedDividend(exDate: BookMaker.today.adding(days: $0), amount: 1, source: "config")
        }
        let own = Self.settings(ModelAssumptions(dividends: ["XYZ": declared]))
        #expect(try #require(maker.view(own).row(call)?.pricing).model.dividends.count == 2)
        let none = Self.settings(ModelAssumptions(dividends: ["XYZ": []]))
        #expect(try #require(maker.view(none).row(call)?.pricing).model.dividends.isEmpty)
    }

    @Test func greeks_areTheAmericanModels_withTheirInputs() throws {
        var (maker, share, call) = Self.quoted()
        maker.market {
            $0.profiles.append(
                ProfileEvent(
                    instrument: share.raw, dividendAmount: 1, exDividendDate: BookMaker.today.adding(days: 10)))
        }
        let row = try #require(maker.view().row(call))
        let inputs = try #require(row.modelInputs)
        #expect(row.unitGreeks.source == "model")
        #expect(inputs.exercise == .american && inputs.dividends.count == 1)
        let model = OptionModel(
            right: inputs.right, underlyingPrice: inputs.underlyingPrice, strike: inputs.strike, years: inputs.years,
            rate: inputs.rate, yield: inputs.yield, formula: inputs.formula, exercise: inputs.exercise,
            dividends: inputs.dividends)
        let again = model.valuation(volatility: inputs.volatility)
        #expect(again.delta == row.unitGreeks.value?.delta && again.vega == row.unitGreeks.value?.vega)
        #expect(abs(again.price - 3) < 1e-7)
        maker.greeks(call, 0.5, 0.05, -0.06, 0.11)
        #expect(try #require(maker.view().row(call)).modelInputs == nil)
    }

    /// The calendar of New York ends with 2027.
    @Test func alarm_saysThatACalendarEnds_beforeAnOptionDoes() throws {
        let (short, _, _) = Self.quoted()
        #expect(short.view().alarms.isEmpty)
        let (long, _, _) = Self.quoted(days: 800)
        #expect(long.view().alarms.count == 1)
        #expect(long.view().alarms.first?.contains("a holiday on or before 2029-01-28 may be missing") == true)
    }
}
