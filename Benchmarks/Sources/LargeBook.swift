import PortfolioModel
import Pricing
import Risk

/// 10,000 positions in four accounts: 4,000 of shares and 6,000 of options on 2,000 underlyings in four currencies;
/// 60 % of the options American on shares that pay a dividend a quarter, 30 % European on shares, 10 % on futures.
struct LargeBook {
    enum Exercise {
        case asListed
        /// With dividends as a yield, so that every price has a closed form.
        case allEuropean
    }

    static let now = Frames.time(of: 0)
    private static let today = MarketZone.newYork.date(of: now)
    private static let shares = 1_800
    private static let futures = 200
    private static let dollars = ["EUR": 1.0853, "GBP": 1.2671, "INR": 0.0118]
    private static let currencies: [(code: Currency, rate: FixedDecimal?)] = ["USD", "EUR", "GBP", "INR"]
        .compactMap { Currency($0) }
        .map { ($0, dollars[$0.code].flatMap { FixedDecimal(approximating: $0) }) }

    private(set) var book = Book(base: .usd)
    private(set) var options: [Option] = []
    /// Underlyings with their prices.
    private(set) var underlyings: [(id: InstrumentID, price: Double)] = []
    private var assumptions = ModelAssumptions()
    private var master = InstrumentMaster()
    private var changes: [BookChange] = []
    private var random = SplitMix(seed: 11)
    private let exercise: Exercise

    struct Option {
        var id: InstrumentID
        var model: OptionModel
        var volatility: Double
        var price: Double
        /// Of the feed, in its units.
        var greeks: GreeksEvent
    }

    var settings: RiskSettings { RiskSettings(session: .alwaysOpen, model: assumptions) }

    init(_ exercise: Exercise = .asListed, feedGreeks: Bool) throws {
        self.exercise = exercise
        for number in 0..<4 {
            changes.append(
                .account(
                    Account(
                        id: Self.account(number), key: AccountKey(BenchmarkBook.broker, "5WT0000\(number)"),
                        currency: Self.currencies[number].code, state: .confirmed, asOf: Self.now)))
        }
        for (code, rate) in Self.currencies {
            guard let rate else { continue }
            changes.append(.earlierRates([Self.rate(code, rate, at: Self.now.adding(.seconds(-86_400)))]))
            changes.append(.rate(Self.rate(code, rate, at: Self.now)))
        }
        for number in 0..<Self.shares { try addShare(number) }
        for number in 0..<Self.futures { try addFuture(number) }
        var batch = MarketBatch(source: BenchmarkBook.broker, receivedAt: Self.now)
        batch.trades = underlyings.map { TradeEvent(instrument: $0.id.raw, price: WireDecimal(Self.decimal($0.price))) }
        batch.quotes = options.map { Self.quote($0.id, $0.price) }
        batch.summaries =
            underlyings.map { Self.summary($0.id, $0.price) } + options.map { Self.summary($0.id, $0.price) }
        if feedGreeks { batch.greeks = options.map(\.greeks) }
        changes = master.takeChanges().map { .instrument($0) } + changes
        try book.restore(changes + [.market(batch)], sequence: 0)
        changes = []
    }

    static func account(_ number: Int) -> AccountID { AccountID("tastytrade-\(number + 1)") }
    static func decimal(_ value: Double) -> FixedDecimal {
        FixedDecimal(raw64: Int64((value * 100).rounded()) * 1_000_000)
    }

    private static func rate(_ code: Currency, _ rate: FixedDecimal, at: Timestamp) -> FXRate {
        FXRate(base: code, quote: .usd, rate: rate, asOf: at, source: "bench")
    }

    /// A previous close near the price, so that the day's profit has all its parts.
    private static func summary(_ id: InstrumentID, _ price: Double) -> SummaryEvent {
        SummaryEvent(instrument: id.raw, previousClose: WireDecimal(decimal(price * 0.99)))
    }

    static func quote(_ id: InstrumentID, _ price: Double) -> QuoteEvent {
        QuoteEvent(
            instrument: id.raw, bid: WireDecimal(decimal(price - 0.01)), ask: WireDecimal(decimal(price + 0.01)))
    }

    /// Two positions of each share, some of a third account's; three options, one of them European.
    private mutating func addShare(_ number: Int) throws {
        let symbol = "S\(number)"
        let currency = Self.currencies[number % 4].code
        let price = (random.uniform(30, 300) * 100).rounded() / 100
        let id = master.resolve(
            InstrumentTerms(kind: .equity, symbol: symbol, currency: currency), on: Self.today
        ).id
        underlyings.append((id, price))
        for account in 0..<(number < 400 ? 3 : 2) { hold(id, in: account, price) }
        switch exercise {
        case .allEuropean: assumptions.yields[symbol] = 0.016
        case .asListed:
            assumptions.dividends[symbol] = (0..<4).map {
                ExpectedDividend(
                    exDate: Self.today.adding(days: 20 + 91 * $0), amount: (price * 0.4).rounded() / 100,
                    source: "bench")
            }
        }
        for place in 0..<3 {
            let style: ExerciseStyle = place == 2 || exercise == .allEuropean ? .european : .american
            try addOption(id, symbol, currency, price, style, kind: .equityOption, delivers: 100)
        }
    }

    private mutating func addFuture(_ number: Int) throws {
        let symbol = "/F\(number)"
        let price = (random.uniform(50, 5_000) * 100).rounded() / 100
        let contract = Contract(
            underlying: symbol, root: symbol, expiry: Self.today.adding(days: 400), premiumMultiplier: 50,
            deliverables: [])
        let id = master.resolve(InstrumentTerms(kind: .future, symbol: symbol, contract: contract), on: Self.today).id
        underlyings.append((id, price))
        let style: ExerciseStyle = exercise == .allEuropean ? .european : .american
        for _ in 0..<3 { try addOption(id, symbol, .usd, price, style, kind: .futureOption, delivers: 1) }
    }

    private mutating func addOption(
        _ underlying: InstrumentID, _ symbol: String, _ currency: Currency, _ price: Double, _ style: ExerciseStyle,
        kind: InstrumentKind, delivers: FixedDecimal
    ) throws {
        let days = 20 + Int(random.uniform(0, 400))
        let right: OptionRight = random.uniform(0, 1) < 0.5 ? .call : .put
        let strike = (price * random.uniform(0.85, 1.15)).rounded()
        let contract = Contract(
            underlying: symbol, root: symbol, expiry: Self.today.adding(days: days), strike: Self.decimal(strike),
            right: right, exerciseStyle: style, premiumMultiplier: kind == .futureOption ? 50 : 100,
            deliverables: [Deliverable(symbol: symbol, amount: delivers)])
        let id = master.resolve(
            InstrumentTerms(
                kind: kind, symbol: "\(symbol) \(days) \(right.letter)\(strike)", currency: currency,
                contract: contract), on: Self.today
        ).id
        hold(id, in: options.count % 4, price / 20)
        let dividends = kind == .futureOption ? [] : assumptions.dividends[symbol] ?? []
        let model = OptionModel(
            right: right, underlyingPrice: price, strike: strike, years: Double(days) / 365, rate: 0.04,
            yield: assumptions.yields[symbol] ?? 0,
            formula: kind == .futureOption ? .black76 : .blackScholesMerton, exercise: style,
            dividends: dividends.map {
                CashDividend(years: Double(Self.today.days(until: $0.exDate)) / 365, amount: $0.amount)
            })
        let volatility = random.uniform(0.15, 0.6)
        options.append(Self.option(id, model, volatility))
    }

    private static func option(_ id: InstrumentID, _ model: OptionModel, _ volatility: Double) -> Option {
        let found = model.valuation(volatility: volatility)
        let greeks = GreeksEvent(
            instrument: id.raw, price: found.price, volatility: volatility, delta: found.delta, gamma: found.gamma,
            theta: found.theta, vega: found.vega, rho: found.rho)
        // A quote in whole cents below what exercise pays would have no volatility.
        let gain = max(0, (model.underlyingPrice - model.strike) * (model.right == .call ? 1 : -1))
        return Option(
            id: id, model: model, volatility: volatility, price: max(gain + 0.05, found.price), greeks: greeks)
    }

    private mutating func hold(_ id: InstrumentID, in account: Int, _ average: Double) {
        changes.append(
            .position(
                Position(
                    key: PositionKey(Self.account(account), id),
                    quantity: FixedDecimal(Int(random.uniform(-20, 20)) * 2 + 1),
                    averageOpenPrice: Self.decimal(average),
                    basis: Basis(includesFees: false, source: "bench"), asOf: Self.now)))
    }
}

/// Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func uniform(_ low: Double, _ high: Double) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return low + (high - low) * Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
    }
}
