package import PortfolioModel

/// What changes hands when a whole option position is assigned or exercised, against what the account has.
package struct ExerciseExchange: Sendable, Equatable {
    /// Units of the underlying received; negative for delivered; 0 for cash settlement.
    package var units: FixedDecimal
    /// Cash received, in the instrument's currency; negative for paid.
    package var cash: MoneyFigure
    /// The account's cash of that currency before it.
    package var cashThere: MoneyFigure
    /// Units of the underlying held in the account before it.
    package var unitsThere: FixedDecimal
    /// Units to deliver that the account does not hold: 0 when there are enough, or none are delivered; of an option on
    /// a future 0, because it opens the future. nil while the underlying is not known.
    package var unitsShort: FixedDecimal?
    /// Cash that is lacking: 0 when there is enough.
    package var shortfall: MoneyFigure

    /// nil for what is not an option, where the terms do not suffice, or for cash settlement without a price.
    init?(_ row: PositionView, _ view: PortfolioView) {
        guard let terms = try? OptionTerms(row.instrument, underlying: row.underlying),
            let exchanged = try? Self.exchanged(row, terms)
        else { return nil }
        let currency = row.instrument.currency
        units = exchanged.units
        cash = MoneyFigure(
            .known(exchanged.cash, row.account.state, asOf: row.position.asOf, source: "contract"), currency)
        cashThere = Self.cash(row.account, currency, view)
        unitsThere = view.positions
            .filter { $0.account.id == row.account.id && $0.instrument.id == row.underlying?.id }
            .reduce(.zero) { (try? $0 + $1.position.quantity) ?? $0 }
        unitsShort = terms.isOnFuture ? .zero : Self.short(exchanged.units, row.underlying == nil ? nil : unitsThere)
        let after = cashThere.amount.map { (try? $0 + exchanged.cash) ?? $0 }
        shortfall = MoneyFigure(after.map { $0.isNegative ? -$0 : .zero }, currency)
    }

    private static func exchanged(
        _ row: PositionView, _ terms: OptionTerms
    ) throws -> (units: FixedDecimal, cash: FixedDecimal) {
        let quantity = row.position.quantity
        if row.instrument.settlesInCash {
            guard let price = row.underlyingPrice.value, let intrinsic = terms.intrinsic(at: price) else {
                throw UnknownReason("underlying's price unknown")
            }
            return (.zero, try quantity.multiplied(by: terms.multiplier).multiplied(by: intrinsic))
        }
        let received = terms.right == .call ? quantity : -quantity
        let money = try terms.strike.multiplied(by: terms.multiplier) - terms.cashInLieu
        // An option on a future brings the future at its strike: no money but the variation.
        if terms.isOnFuture { return (received, .zero) }
        return (try received.multiplied(by: terms.units), try -received.multiplied(by: money))
    }

    private static func short(_ received: FixedDecimal, _ there: FixedDecimal?) -> FixedDecimal? {
        guard received.isNegative else { return .zero }
        guard let there else { return nil }
        // What is short before is no part of what this lacks.
        let left = try? (there.isNegative ? .zero : there) + received
        return left.map { $0.isNegative ? -$0 : .zero }
    }

    private static func cash(_ account: Account, _ currency: Currency, _ view: PortfolioView) -> MoneyFigure {
        guard let balance = view.balances.first(where: { $0.key == Balance.Key(account.id, currency) }) else {
            return .unknown("no \(currency) balance reported", currency)
        }
        return MoneyFigure(
            .known(balance.cash, account.state, asOf: balance.asOf, source: account.key.broker.name), currency)
    }
}
