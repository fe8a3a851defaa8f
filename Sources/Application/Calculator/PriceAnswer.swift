import Pricing

/// What the calculator says of one option.
struct PriceAnswer: Codable, Sendable, Equatable {
    @ExplicitNull var impliedVolatility: Double?
    @ExplicitNull var price: Double?
    @ExplicitNull var delta: Double?
    @ExplicitNull var gamma: Double?
    @ExplicitNull var theta: Double?
    @ExplicitNull var vega: Double?
    @ExplicitNull var rho: Double?
    @ExplicitNull var vanna: Double?
    @ExplicitNull var volga: Double?
    @ExplicitNull var charm: Double?
    /// `ImpliedVolatilityError` by name, when there is no answer.
    @ExplicitNull var failure: String?

    /// Column names in order, with each answer's number.
    static let numbers: [(name: String, value: @Sendable (PriceAnswer) -> Double?)] = [
        ("impliedVolatility", { $0.impliedVolatility }), ("price", { $0.price }), ("delta", { $0.delta }),
        ("gamma", { $0.gamma }), ("theta", { $0.theta }), ("vega", { $0.vega }), ("rho", { $0.rho }),
        ("vanna", { $0.vanna }), ("volga", { $0.volga }), ("charm", { $0.charm }),
    ]

    init(_ request: PriceRequest) {
        do throws(ImpliedVolatilityError) {
            let volatility = try Self.volatility(request)
            let found = request.option.valuation(volatility: volatility)
            impliedVolatility = volatility
            if case .price(let price) = request.known { self.price = price } else { price = Self.known(found.price) }
            (delta, gamma, theta) = (Self.known(found.delta), Self.known(found.gamma), Self.known(found.theta))
            (vega, rho, vanna) = (Self.known(found.vega), Self.known(found.rho), Self.known(found.vanna))
            (volga, charm) = (Self.known(found.volga), Self.known(found.charm))
            failure = found.price.isFinite ? nil : ImpliedVolatilityError.notDetermined.rawValue
        } catch {
            if case .price(let price) = request.known { self.price = price }
            failure = error.rawValue
        }
    }

    private static func volatility(_ request: PriceRequest) throws(ImpliedVolatilityError) -> Double {
        switch request.known {
        case .volatility(let volatility):
            if request.option.years <= 0 { throw .expired }
            return volatility
        case .price(let price): return try ImpliedVolatility.solve(price: price, model: request.option)
        }
    }

    private static func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
