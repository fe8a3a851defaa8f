import PortfolioModel
import Testing

struct FXTriangulationTests {
    private let now = Timestamp(seconds: 1_795_000_000)

    private func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }

    private func rate(
        _ base: String, _ quote: String, _ rate: String, source: String = "ecb", hoursAgo: Int = 0
    ) throws -> FXRate {
        FXRate(
            base: try currency(base), quote: try currency(quote), rate: try FixedDecimal(rate),
            asOf: now.adding(.seconds(-3600 * hoursAgo)), source: source)
    }

    private func table(_ rates: [FXRate], base: Currency = .usd, rules: FXRules = FXRules()) -> FXTable {
        var table = FXTable(rates)
        table.measure(at: now, by: rules, base: base)
        return table
    }

    @Test func dollarsAndRupees_areTriangulatedThroughEuro_andSayByWhat() throws {
        let table = table([try rate("EUR", "USD", "1.1357", hoursAgo: 2), try rate("EUR", "INR", "97.0205")])
        let figure = table.rate(from: .usd, to: .inr)
        // 97.0205 / 1.1357, half to even at the eighth place.
        #expect(figure.value?.description == "85.42792991")
        #expect(figure.source == "ecb via EUR")
        #expect(figure.asOf == now.adding(.seconds(-7200)))
        #expect(figure.state == .confirmed)
        let dollars = MoneyFigure(.confirmed(FixedDecimal(11_357), asOf: now, source: "x"), .usd)
        #expect(table.convert(dollars, to: .inr).amount.value == FixedDecimal(970_205))
        let rupees = MoneyFigure(.confirmed(FixedDecimal(970_205), asOf: now, source: "x"), .inr)
        #expect(table.convert(rupees, to: .usd).amount.value == FixedDecimal(11_357))
        #expect(table.convert(rupees, to: .usd).amount.source == "x+ecb via EUR")
    }

    @Test func aDirectRate_isPreferredToATriangulatedOne() throws {
        let table = table([
            try rate("EUR", "USD", "1.1357"), try rate("EUR", "INR", "97.0205"),
            try rate("USD", "INR", "84.5", source: "config", hoursAgo: 30),
        ])
        #expect(table.rate(from: .usd, to: .inr).value == (try FixedDecimal("84.5")))
        #expect(table.rate(from: .usd, to: .inr).source == "config")
        #expect(table.conversion(from: .usd, to: .inr).via.isEmpty)
    }

    @Test func amongEqualPaths_theNewestWins_thenTheName() throws {
        let old = [try rate("EUR", "GBP", "0.85", hoursAgo: 5), try rate("EUR", "INR", "97", hoursAgo: 5)]
        let new = [try rate("GBP", "USD", "1.3", hoursAgo: 1), try rate("USD", "INR", "85", hoursAgo: 1)]
        let sterling = try currency("GBP")
        #expect(table(old + new).conversion(from: sterling, to: .inr).via == [.usd])
        let same = old + (try new.map { try rate($0.base.code, $0.quote.code, $0.rate.description, hoursAgo: 5) })
        #expect(table(same).conversion(from: sterling, to: .inr).via == [.eur])
    }

    @Test func aPath_mayLeadThroughTheBaseCurrency_andThroughTwo() throws {
        let sterling = try currency("GBP")
        let franc = try currency("CHF")
        let throughBase = [try rate("GBP", "CHF", "1.1"), try rate("INR", "GBP", "0.009")]
        #expect(table(throughBase).rate(from: .inr, to: franc).reason == "no INR/CHF rate")
        #expect(table(throughBase, base: sterling).conversion(from: .inr, to: franc).via == [sterling])
        let long = [
            try rate("EUR", "CHF", "0.94"), try rate("EUR", "USD", "1.1", source: "config"),
            try rate("USD", "INR", "85"),
        ]
        let figure = table(long).rate(from: franc, to: .inr)
        #expect(figure.source == "ecb+config via EUR,USD")
        #expect(figure.value?.description == "99.46808511")
    }

    @Test func anOldRate_isStale_andAFreshOneOfALesserSourceStandsInForIt() throws {
        let rules = FXRules(staleAfter: .seconds(48 * 3600))
        let old = try rate("USD", "INR", "84.5", source: "tastytrade", hoursAgo: 49)
        #expect(table([old], rules: rules).rate(from: .usd, to: .inr).state == .stale)
        #expect(table([old], rules: FXRules(staleAfter: nil)).rate(from: .usd, to: .inr).state == .confirmed)
        let fresh = try rate("USD", "INR", "85", source: "ecb", hoursAgo: 47)
        let both = table([old, fresh], rules: rules).rate(from: .usd, to: .inr)
        #expect(both.value == 85)
        #expect(both.state == .confirmed)
        // A leg that is old makes the whole path old.
        let legs = [try rate("EUR", "USD", "1.1", hoursAgo: 60), try rate("EUR", "INR", "93.5")]
        #expect(table(legs, rules: rules).rate(from: .usd, to: .inr).state == .stale)
    }

    @Test func sources_countByPrecedence() throws {
        let rates = [
            try rate("USD", "INR", "1", source: "config"), try rate("INR", "USD", "0.5", source: "ecb", hoursAgo: 2),
            try rate("USD", "INR", "3", source: "tastytrade", hoursAgo: 3),
        ]
        #expect(table(rates).rate(from: .usd, to: .inr).value == 3)
        let own = FXRules(precedence: [.configuration, .file, .stream])
        #expect(table(rates, rules: own).rate(from: .usd, to: .inr).value == 1)
        let files = FXRules(precedence: [.file])
        #expect(table(rates, rules: files).rate(from: .usd, to: .inr).value == 2)
    }

    /// Row 13 of the fault matrix, of rates: late and repeated ones change nothing.
    @Test func rates_outOfOrderAndRepeated_endInTheSameTable() throws {
        var rates: [FXRate] = []
        for hour in 0..<8 {
            rates.append(try rate("EUR", "USD", "1.1\(hour)", hoursAgo: hour))
            rates.append(try rate("EUR", "INR", "9\(hour)", source: "tastytrade", hoursAgo: hour))
        }
        let expected = FXTable(rates).all
        #expect(expected.map(\.rate.description) == ["90", "1.1"])
        var order = Order(state: 7)
        for _ in 0..<1000 {
            #expect(FXTable((rates + rates).shuffled(using: &order)).all == expected)
        }
    }

    /// Row 60 of the fault matrix: no total without a rate and its age.
    @Test(arguments: ["missing", "zero", "negative", "stale"])
    func aRateThatIsNoGood_makesNoTotalThatLooksGood(fault: String) throws {
        let text = ["zero": "0", "negative": "-84.5"][fault] ?? "84.5"
        let bad = try rate("USD", "INR", text, source: "config", hoursAgo: fault == "stale" ? 24 * 30 : 0)
        let table = table(fault == "missing" ? [] : [bad])
        var total = MoneyTotal(.usd)
        try total.add(MoneyFigure(.confirmed(100, asOf: now, source: "b"), .usd), named: "dollars")
        let rupees = MoneyFigure(.confirmed(8450, asOf: now, source: "b"), .inr)
        try total.add(table.convert(rupees, to: .usd), named: "rupees")
        if fault == "stale" {
            #expect(total.figure.amount == .stale(200, asOf: bad.asOf, source: "book"))
        } else {
            #expect(total.figure.amount.value == nil)
            #expect(total.missing == ["rupees"])
            #expect(total.known == 100)
        }
    }

    /// What is remembered of the ways to base currency never outlives a change.
    @Test func waysToBase_followEveryRateAndInstant() throws {
        let rules = FXRules(staleAfter: .seconds(3600))
        var table = table([try rate("EUR", "USD", "1.1"), try rate("EUR", "INR", "99")], rules: rules)
        #expect(table.rate(from: .inr, to: .usd).value == (try FixedDecimal("0.01111111")))
        table.set(try rate("EUR", "USD", "1.32", hoursAgo: -1))
        #expect(table.rate(from: .inr, to: .usd).value == (try FixedDecimal("0.01333333")))
        table.set(try rate("USD", "INR", "80", source: "config"))
        #expect(table.rate(from: .inr, to: .usd).value == (try FixedDecimal("0.0125")))
        #expect(table.rate(from: .inr, to: .usd).state == .confirmed)
        table.measure(at: now.adding(.seconds(7200)), by: rules, base: .usd)
        #expect(table.rate(from: .inr, to: .usd).state == .stale)
        table.measure(at: now, by: FXRules(precedence: [.file]), base: .eur)
        #expect(table.rate(from: .inr, to: .usd).state == .confirmed)
        #expect(table.rate(from: .inr, to: .eur).value == (try FixedDecimal("0.01010101")))
    }

    @Test func triangulatedAmounts_areRoundedOnce() throws {
        var order = Order(state: 11)
        for _ in 0..<2000 {
            let dollar = try FixedDecimal(raw: Int128(Int64.random(in: 1_0000...20_0000, using: &order)) * 10_000)
            let rupee = try FixedDecimal(raw: Int128(Int64.random(in: 5_000...150_0000, using: &order)) * 10_000)
            let amount = try FixedDecimal(
                raw: Int128(Int64.random(in: -9_000_000_000_000...9_000_000_000_000, using: &order)))
            let table = FXTable([
                FXRate(base: .eur, quote: .usd, rate: dollar, asOf: now, source: "ecb"),
                FXRate(base: .eur, quote: .inr, rate: rupee, asOf: now, source: "ecb"),
            ])
            let result = try #require(table.conversion(from: .usd, to: .inr).apply(amount))
            // |result x dollar - amount x rupee| <= dollar / 2, in integers.
            let error = result.raw * dollar.raw - amount.raw * rupee.raw
            #expect(error.magnitude * 2 <= dollar.raw.magnitude)
        }
    }

    @Test func amountsBeyondTheProductsRange_areConvertedStepByStep() throws {
        let table = FXTable([
            try rate("EUR", "CHF", "94000000.12345678"), try rate("EUR", "USD", "1.1", source: "config"),
            try rate("USD", "INR", "85000000.87654321"),
        ])
        let franc = try currency("CHF")
        let amount = try FixedDecimal("123456789012.12345678")
        let result = try #require(table.conversion(from: franc, to: .inr).apply(amount))
        let exact = 123_456_789_012.12345678 / 94_000_000.12345678 * 1.1 * 85_000_000.87654321
        #expect(abs(result.doubleValue / exact - 1) < 1e-12)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
private struct Order: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
