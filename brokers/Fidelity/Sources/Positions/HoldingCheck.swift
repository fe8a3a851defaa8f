import PortfolioModel

/// Whether a row's value is its quantity times its price, within what rounding explains.
struct HoldingCheck {
    enum Result { case agrees, differs, unknown }

    let quantity: FixedDecimal
    let price: FixedDecimal?
    let multiplier: FixedDecimal
    let value: FixedDecimal?

    var result: Result {
        guard let value, price != nil else { return .unknown }
        guard let product = product(dividedBy: .one) else { return .differs }
        return Self.agree(product, value) ? .agrees : .differs
    }

    /// The value is quantity times price / 100, and not quantity times price.
    var isPricedPerHundred: Bool {
        guard result == .differs, let value, let product = product(dividedBy: 100) else { return false }
        return Self.agree(product, value)
    }

    private func product(dividedBy divisor: FixedDecimal) -> FixedDecimal? {
        guard let price else { return nil }
        return try? quantity.multiplied(by: price).multiplied(by: multiplier).divided(by: divisor)
    }

    /// At most 0.02 or 0.6 % of the value apart.
    static func agree(_ computed: FixedDecimal, _ value: FixedDecimal) -> Bool {
        let apart = (computed.raw - value.raw).magnitude
        return apart <= max(2_000_000, value.raw.magnitude * 6 / 1000)
    }
}
