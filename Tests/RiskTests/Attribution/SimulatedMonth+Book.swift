import PortfolioModel
import Risk

extension SimulatedMonth {
    /// Some months, played once.
    static let recorded: [Result<SimulatedMonth, any Error>] = [1, 2, 3].map { seed in
        Result { try played(seed: seed) }
    }

    /// The month with its book: positions that are added to, reduced, rolled, assigned and expired, in two currencies,
    /// over a dividend and a change of rates.
    private static func played(seed: UInt64) throws -> SimulatedMonth {
        var month = SimulatedMonth(seed: seed)
        month.makePositions()
        for point in month.points { try month.play(point) }
        return month
    }

    private mutating func makePositions() {
        let (near, far) = (days[14], days[21].adding(days: 35))
        hold("AAA", on: "AAA", quantity: 300, openPrice: decimal("92.5"))
        hold(
            "AAA near put", on: "AAA", .init(right: .put, strike: 104, expiry: near), quantity: -2, multiplier: 100,
            openPrice: decimal("5.10"))
        hold(
            "AAA near call", on: "AAA", .init(right: .call, strike: 102, expiry: near), quantity: 3, multiplier: 100,
            openPrice: decimal("1.05"))
        hold(
            "AAA call", on: "AAA", .init(right: .call, strike: 103, expiry: days[21].adding(days: 7)), quantity: -4,
            multiplier: 100, openPrice: decimal("2.35"))
        hold("AAA later call", on: "AAA", .init(right: .call, strike: 104, expiry: far), multiplier: 100)
        hold("BBB", on: "BBB", quantity: 250, currency: .eur, openPrice: decimal("50"))
        hold(
            "BBB put", on: "BBB", .init(right: .put, strike: 47, expiry: far, exercise: .american), quantity: 5,
            currency: .eur, multiplier: 100, openPrice: decimal("1.40"))
        hold(
            "BBB call", on: "BBB", .init(right: .call, strike: 49, expiry: days[20]), quantity: -3, currency: .eur,
            multiplier: 100, openPrice: decimal("1.20"))
        hold("CCC", on: "CCC", quantity: 100, openPrice: decimal("77"))
        hold(
            "CCC call", on: "CCC", .init(right: .call, strike: 79, expiry: far, exercise: .american), multiplier: 100,
            dividends: [ExpectedDividend(exDate: days[5], amount: Self.dividend, source: "test")])
        hold("/ES", on: "/ES", quantity: 1, multiplier: 50, isFuture: true, openPrice: decimal("5950"))
        hold(
            "/ES put", on: "/ES", .init(right: .put, strike: 5900, expiry: far, isOnFuture: true), quantity: 1,
            multiplier: 50, openPrice: decimal("120"))
    }

    private mutating func play(_ point: Point) throws {
        switch point.kind {
        case .open, .close:
            if point.kind == .open { try settle(point) }
            if point.kind == .open, point.session == 9 { holdings["CCC"]?.pending.income = 60 }
            for (name, holding) in holdings where !holding.quantity.isZero { keep(name, point, point.kind) }
        default: try trades(point)
        }
    }

    private mutating func trades(_ point: Point) throws {
        switch point.session {
        case 3:
            try trade("AAA", 100, at: point, slip: decimal("0.01"))
            try trade("BBB put", 3, at: point, slip: decimal("0.02"))
        case 4: try trade("CCC call", -1, at: point, slip: decimal("0.05"))
        case 6:
            try trade("/ES", 1, at: point, slip: decimal("0.25"))
            try trade("CCC call", 1, at: point, slip: decimal("0.05"))
        case 8:
            // The call is rolled.
            try trade("AAA call", 4, at: point, slip: decimal("0.03"))
            try trade("AAA later call", -4, at: point, slip: decimal("0.04"))
        case 12:
            try trade("AAA", -150, at: point, slip: decimal("0.01"))
            try trade("BBB put", -4, at: point, slip: decimal("0.02"))
        case 17: try trade("/ES", -2, at: point, slip: decimal("0.25"))
        default: break
        }
    }

    /// The morning after an expiry, as of the close before: what is in the money is exercised or assigned, the rest is
    /// gone.
    private mutating func settle(_ point: Point) throws {
        guard let closing = points.last(where: { $0.session == point.session - 1 }) else { return }
        for option in holdings.values.sorted(by: { $0.contract.name < $1.contract.name }) {
            guard let terms = option.option, terms.expiry == days[closing.session], !option.quantity.isZero,
                let shares = holdings[option.underlying]
            else { continue }
            let contracts = try option.quantity.multiplied(by: option.contract.multiplier)
            let received = terms.right == .call ? contracts : -contracts
            let isIn = mark(option, closing) > .zero
            holdings[option.contract.name] = try booked(option, -option.quantity, .zero)
            keep(option.contract.name, closing, .fill)
            guard isIn else { continue }
            let paid = try -received.multiplied(by: decimal("\(terms.strike)"))
            holdings[option.underlying] = try booked(shares, received, paid, fees: "5")
            keep(option.underlying, closing, .fill)
        }
    }
}
