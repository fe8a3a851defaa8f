import Foundation
import PortfolioModel
import Pricing
import Risk

/// A month of markets and of one book in them, made from a seed: prices that move by about 1 % a day, volatilities by
/// half a point to one, on each exchange day with its hours. Every edge that the service would keep is here, with marks
/// in cents and the volatility that each mark implies.
struct SimulatedMonth: Sendable {
    /// Where the markets stand at one moment.
    struct Point: Sendable {
        var at: Timestamp
        var kind: ValuationEdge.Kind
        var session: Int
        var spots: [String: Double]
        /// At the money, as a fraction.
        var volatilities: [String: Double]
        var eur: Double
        var rate: Double
    }

    struct Option: Sendable, Hashable {
        var right: OptionRight
        var strike: Double
        var expiry: CalendarDate
        var exercise = ExerciseStyle.european
        var isOnFuture = false
        var isSkewed = true
    }

    struct Holding: Sendable {
        let contract: AttributionContract
        let underlying: String
        let option: Option?
        var quantity: FixedDecimal
        var pending = EdgeEvents()
        var edges: [ValuationEdge] = []

        init(_ contract: AttributionContract, on underlying: String, _ option: Option? = nil, _ quantity: FixedDecimal)
        {
            (self.contract, self.underlying, self.option, self.quantity) = (contract, underlying, option, quantity)
        }
    }

    static let first = CalendarDate(year: 2026, month: 10, day: 19) ?? CalendarDate(dayNumber: 0)
    static let sessions = 22
    /// Of CCC: goes ex in the sixth session, is paid in the tenth.
    static let dividend = 0.6

    let days: [CalendarDate]
    private(set) var points: [Point] = []
    var holdings: [String: Holding] = [:]

    init(seed: UInt64) {
        var days: [CalendarDate] = []
        var date = Self.first
        while days.count < Self.sessions {
            if ExchangeCalendar.newYork.isSession(date) { days.append(date) }
            date = date.adding(days: 1)
        }
        self.days = days
        var random = RandomBook(seed: seed)
        makeMarkets(&random)
    }

    // MARK: - Markets

    private func normal(_ random: inout RandomBook) -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next(below: 1_000_000)) / 1e6 }
    }

    private mutating func makeMarkets(_ random: inout RandomBook) {
        var point = Point(
            at: Timestamp(seconds: 0), kind: .open, session: 0, spots: ["AAA": 100, "BBB": 48, "CCC": 80, "/ES": 6000],
            volatilities: ["AAA": 0.24, "BBB": 0.3, "CCC": 0.22, "/ES": 0.17], eur: 1.1, rate: 0.04)
        for (session, day) in days.enumerated() {
            guard let hours = ExchangeCalendar.newYork.hours(on: day) else { continue }
            let noon = hours.open.adding(.seconds(10_800))
            for (kind, at, share) in [
                (ValuationEdge.Kind.open, hours.open, 0.5), (.fill, noon, 0.6), (.close, hours.close, 0.6),
            ] {
                if session > 0 || kind != .open { move(&point, share, &random) }
                if kind == .open, session == 5 { point.spots["CCC", default: 0] -= Self.dividend }
                if kind == .open, session == 10 { point.rate = 0.0425 }
                (point.at, point.kind, point.session) = (at, kind, session)
                points.append(point)
            }
        }
    }

    /// Prices by 1 % a day and volatilities by 0.7 points, of which `share` squared is one step's variance.
    private func move(_ point: inout Point, _ share: Double, _ random: inout RandomBook) {
        for symbol in ["AAA", "BBB", "CCC", "/ES"] {
            let shock = normal(&random)
            point.spots[symbol, default: 0] *= exp(0.0105 * share * shock)
            let volatility =
                point.volatilities[symbol, default: 0] + 0.007 * share * (-0.7 * shock + 0.7 * normal(&random))
            point.volatilities[symbol] = max(0.1, volatility)
        }
        point.eur *= exp(0.005 * share * normal(&random))
    }

    func price(_ symbol: String, _ point: Point) -> FixedDecimal {
        decimal(String(format: "%.2f", point.spots[symbol] ?? 0))
    }

    /// nil once time is up.
    func model(_ holding: Holding, _ point: Point) -> OptionModel? {
        guard let option = holding.option, let ending = holding.contract.ending else { return nil }
        let years = ending.at.seconds(since: point.at) / (365 * 86_400)
        guard years > 0 else { return nil }
        return OptionModel(
            right: option.right, underlyingPrice: price(holding.underlying, point).doubleValue, strike: option.strike,
            years: years, rate: point.rate, formula: option.isOnFuture ? .black76 : .blackScholesMerton,
            exercise: option.exercise, dividends: dividends(holding, at: point.at))
    }

    func dividends(_ holding: Holding, at time: Timestamp) -> [CashDividend] {
        holding.contract.dividends.compactMap { dividend in
            guard let open = ExchangeCalendar.newYork.hours(on: dividend.exDate)?.open, open > time else {
                return nil
            }
            return CashDividend(years: open.seconds(since: time) / (365 * 86_400), amount: dividend.amount)
        }
    }

    /// At the money, and half a point for each 1 % that the strike lies below the price.
    func quotedVolatility(_ holding: Holding, _ point: Point) -> Double {
        let base = point.volatilities[holding.underlying] ?? 0
        guard let option = holding.option, option.isSkewed, let spot = point.spots[holding.underlying] else {
            return base
        }
        return max(0.05, base - 0.25 * (option.strike / spot - 1))
    }

    // MARK: - Positions

    mutating func hold(
        _ name: String, on underlying: String, _ option: Option? = nil, quantity: FixedDecimal = .zero,
        currency: Currency = .usd, multiplier: FixedDecimal = 1, isFuture: Bool = false,
        openPrice: FixedDecimal? = nil, dividends: [ExpectedDividend] = []
    ) {
        let ending = option.map {
            AttributionContract.Ending(
                right: $0.right, strike: $0.strike, at: ExpiryCutoff.unitedStates.instant($0.expiry))
        }
        let model = option.map {
            OptionModel(
                right: $0.right, underlyingPrice: 1, strike: $0.strike, years: 1, rate: 0,
                formula: $0.isOnFuture ? .black76 : .blackScholesMerton, exercise: $0.exercise)
        }
        let contract = AttributionContract(
            position: PositionKey(BookMaker.account, InstrumentID(raw: UInt32(holdings.count + 1))), name: name,
            group: underlying, currency: currency, multiplier: multiplier, isOption: option != nil, isFuture: isFuture,
            ending: ending, model: model, openPrice: openPrice, dividends: dividends,
            rates: [
                .init(from: Timestamp(seconds: 0), rate: 0.04),
                .init(from: points[30].at, rate: 0.0425),
            ])
        holdings[name] = Holding(contract, on: underlying, option, quantity)
    }

    /// Mark in cents; of an option at its end what exercise pays.
    func mark(_ holding: Holding, _ point: Point) -> FixedDecimal {
        guard let option = holding.option else { return price(holding.underlying, point) }
        guard let model = model(holding, point) else {
            let gain = price(holding.underlying, point).doubleValue - option.strike
            return decimal(String(format: "%.2f", max(0, option.right == .call ? gain : -gain)))
        }
        return decimal(String(format: "%.2f", model.price(volatility: quotedVolatility(holding, point))))
    }

    /// Trades a quantity at the mark and a slip for the worse; an edge is kept.
    mutating func trade(_ name: String, _ quantity: FixedDecimal, at point: Point, slip: FixedDecimal = .zero) throws {
        guard let holding = holdings[name] else { return }
        let price = try mark(holding, point) + (quantity.isNegative ? -slip : slip)
        let cash = try -quantity.multiplied(by: price).multiplied(by: holding.contract.multiplier)
        holdings[name] = try booked(holding, quantity, cash, fees: "0.65")
        keep(name, point, .fill)
    }

    func booked(
        _ holding: Holding, _ quantity: FixedDecimal, _ cash: FixedDecimal, fees: String = "0"
    ) throws -> Holding {
        var holding = holding
        holding.quantity = try holding.quantity + quantity
        holding.pending.tradedQuantity = try holding.pending.tradedQuantity + quantity
        holding.pending.tradeCash = try holding.pending.tradeCash + cash
        holding.pending.fees = try holding.pending.fees + decimal(fees)
        return holding
    }

    /// One step from the quoted volatility is enough for what rounding to cents makes of an American option's price.
    private func impliedVolatility(
        _ holding: Holding, _ model: OptionModel, _ point: Point, mark: FixedDecimal?
    ) -> Double {
        let quoted = quotedVolatility(holding, point)
        guard let price = mark?.doubleValue else { return quoted }
        guard model.exercise == .american else {
            return (try? ImpliedVolatility.solve(price: price, model: model)) ?? quoted
        }
        let value = model.valuation(volatility: quoted)
        return quoted + (price - value.price) / value.vega / 100
    }

    mutating func keep(_ name: String, _ point: Point, _ kind: ValuationEdge.Kind) {
        guard var holding = holdings[name] else { return }
        var edge = ValuationEdge(
            position: holding.contract.position, at: point.at, kind: kind, quantity: holding.quantity,
            state: .confirmed, asOf: point.at, greeksSource: "model", events: holding.pending)
        holding.pending = EdgeEvents()
        edge.mark = mark(holding, point)
        edge.underlyingPrice = price(holding.underlying, point)
        edge.fx = holding.contract.currency == .usd ? .one : decimal(String(format: "%.6f", point.eur))
        if let model = model(holding, point) {
            let volatility = impliedVolatility(holding, model, point, mark: edge.mark)
            let value = model.valuation(volatility: volatility)
            edge.volatility = volatility
            (edge.delta, edge.gamma, edge.theta) = (value.delta, value.gamma, value.theta)
            (edge.vega, edge.rho) = (value.vega, value.rho)
        } else if holding.option == nil {
            (edge.delta, edge.gamma, edge.theta, edge.vega, edge.rho) = (1, 0, 0, 0, 0)
        }
        holding.edges.append(edge)
        holdings[name] = holding
    }
}
