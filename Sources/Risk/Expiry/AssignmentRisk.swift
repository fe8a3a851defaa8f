package import PortfolioModel

/// Why a short option may be assigned, or how an expiry may surprise (domain.md, Assignment risk).
package enum AssignmentRisk: Sendable, Equatable {
    /// A call whose extrinsic value is below a dividend that goes ex before it expires.
    case dividend(exDate: CalendarDate, amount: Double)
    /// A put whose extrinsic value is below the interest on its strike to expiry.
    case carry(interest: Double)
    /// Expires today with the underlying within 1 % of the strike.
    case pin
    /// In the money and expiring today or tomorrow.
    case inTheMoney
    /// Trades last on the day before: the opening print settles it.
    case morningSettlement
    /// A stock option that settles by delivery in a market where many expect cash.
    case physicalDelivery

    package var code: String {
        switch self {
        case .dividend: "dividend"
        case .carry: "carry"
        case .pin: "pin"
        case .inTheMoney: "in-the-money"
        case .morningSettlement: "am-settled"
        case .physicalDelivery: "physical-delivery"
        }
    }

    /// How near to its strike an option has to end to be pinned, relative.
    package static let pinWidth = 0.01

    /// The risks of one short position; empty for longs and for what is not an option.
    static func risks(
        of row: PositionView, dividends: [ExpectedDividend], rate: Double, today: CalendarDate
    ) -> [AssignmentRisk] {
        guard row.position.quantity.isNegative, let terms = try? OptionTerms(row.instrument, underlying: row.underlying)
        else { return [] }
        let days = today.days(until: terms.expiry)
        guard days >= 0 else { return [] }
        var risks: [AssignmentRisk] = []
        let isIn = row.moneyness == .inTheMoney
        if isIn, row.instrument.mayBeExercisedEarly, let extrinsic = row.extrinsicValue.value?.doubleValue {
            switch terms.right {
            case .call:
                risks += dividends.filter { $0.exDate > today && $0.exDate <= terms.expiry && $0.amount > extrinsic }
                    .map { .dividend(exDate: $0.exDate, amount: $0.amount) }
            case .put:
                let interest = terms.strike.doubleValue * rate * Double(days) / 365
                if extrinsic < interest { risks.append(.carry(interest: interest)) }
            }
        }
        if days == 0, !row.instrument.settlesInCash, isPinned(row, terms) { risks.append(.pin) }
        if isIn, days <= 1 { risks.append(.inTheMoney) }
        if terms.settlement == .am, days <= 7 { risks.append(.morningSettlement) }
        if row.instrument.currency == .inr, row.instrument.kind == .equityOption, days <= 7 {
            risks.append(.physicalDelivery)
        }
        return risks
    }

    private static func isPinned(_ row: PositionView, _ terms: OptionTerms) -> Bool {
        guard let price = row.underlyingPrice.value, let delivered = terms.delivered(at: price) else { return false }
        return (delivered.doubleValue / terms.strike.doubleValue - 1).magnitude < pinWidth
    }
}

extension Instrument {
    /// Whether an option may be exercised before it expires: as its contract says, else all but index options.
    var mayBeExercisedEarly: Bool {
        (contract?.exerciseStyle ?? (kind == .indexOption ? .european : .american)) == .american
    }

    /// Whether exercise brings cash rather than the underlying.
    var settlesInCash: Bool { kind == .indexOption || contract?.settlement?.method == .cash }
}
