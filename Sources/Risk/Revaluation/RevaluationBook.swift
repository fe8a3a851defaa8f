package import PortfolioModel

/// The whole book as full revaluation sees it, from one view: scenarios, stress and value at risk are computed on it.
/// What cannot be revalued stands by name with the reason; it never counts as without risk.
package struct RevaluationBook: Sendable {
    /// A position that no scenario can price.
    package struct Uncovered: Sendable, Hashable {
        package var name: String
        package var reason: String

        package init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    /// Cash of one currency over all accounts: moves with FX only.
    package struct Cash: Sendable, Hashable {
        package var currency: Currency
        /// Native.
        package var amount: Double
        package var fx: Double

        package init(currency: Currency, amount: Double, fx: Double) {
            (self.currency, self.amount, self.fx) = (currency, amount, fx)
        }
    }

    package var base: Currency
    package var at: Timestamp
    package var legs: [RevaluationLeg]
    package var cash: [Cash]
    package var uncovered: [Uncovered]

    package init(
        base: Currency, at: Timestamp, legs: [RevaluationLeg], cash: [Cash] = [], uncovered: [Uncovered] = []
    ) {
        self.base = base
        self.at = at
        self.legs = legs
        self.cash = cash
        self.uncovered = uncovered
    }

    package init(_ view: PortfolioView) {
        self.init(base: view.base, at: view.at, legs: [])
        let rates = view.fx
        for row in view.positions {
            do throws(UnknownReason) { try legs.append(RevaluationLeg(row, rates, base: view.base)) } catch {
                uncovered.append(Uncovered(name: row.name, reason: error.text))
            }
        }
        addCash(view, rates)
    }

    private mutating func addCash(_ view: PortfolioView, _ rates: FXTable) {
        var sums: [Currency: Double] = [:]
        for balance in view.balances { sums[balance.key.currency, default: 0] += balance.cash.doubleValue }
        for (currency, amount) in sums.sorted(by: { $0.key < $1.key }) where amount != 0 {
            if let rate = rates.rate(from: currency, to: view.base).value?.doubleValue {
                cash.append(Cash(currency: currency, amount: amount, fx: rate))
            } else {
                uncovered.append(Uncovered(name: "cash \(currency)", reason: "no \(currency)/\(view.base) rate"))
            }
        }
    }
}

extension RevaluationLeg {
    /// Throws why the position cannot be revalued.
    init(_ row: PositionView, _ rates: FXTable, base: Currency) throws(UnknownReason) {
        let rate = rates.rate(from: row.instrument.currency, to: base)
        guard let fx = rate.value?.doubleValue else { throw UnknownReason(rate.reason ?? "no rate") }
        guard row.account.state != .unknown else { throw UnknownReason("account state unknown") }
        guard let price = row.underlyingPrice.value?.doubleValue else {
            throw UnknownReason(row.underlyingPrice.reason ?? "no price")
        }
        guard let value = row.marketValue.native.amount.value?.doubleValue else {
            throw UnknownReason(row.marketValue.native.amount.reason ?? "no market value")
        }
        var form = Form.linear
        if row.instrument.kind.isOption {
            guard let pricing = row.pricing else {
                throw UnknownReason(row.impliedVolatility.reason ?? row.unitGreeks.reason ?? "no model price")
            }
            form = .option(pricing)
        }
        self.init(
            name: row.name, group: row.group,
            factor: row.instrument.kind.isOption ? row.underlying?.id : row.instrument.id, account: row.account.id,
            currency: row.instrument.currency, fx: fx, price: price, quantity: row.position.quantity.doubleValue,
            multiplier: row.instrument.multiplier.doubleValue, marketValue: value, form: form)
    }
}
