import PortfolioModel

extension PositionAmounts {
    /// The FX move on the overnight value, which the day's P&L has in currencies other than the instrument's
    /// (domain.md, Day P&L): that value at the present rate less at the prior settlement's. 0 where nothing was held.
    func fxMove(from then: FXConversion, to now: FXConversion) -> Figure<FixedDecimal> {
        let value: FixedDecimal
        switch overnight {
        case .failure(let reason): return .unknown(reason.text)
        case .success(let amount): value = amount
        }
        if value.isZero { return .confirmed(.zero, asOf: nil, source: "definition") }
        guard let later = now.apply(value) else { return .unknown(now.rate.reason ?? "amount out of range") }
        guard let earlier = then.apply(value) else {
            return .unknown(then.rate.reason.map { "\($0) at the prior settlement" } ?? "amount out of range")
        }
        guard let move = try? later - earlier else { return .unknown("amount out of range") }
        return .known(
            move, now.rate.state.combined(with: then.rate.state), asOf: now.rate.asOf, source: now.rate.source)
    }
}

extension MoneyFigure {
    /// With what the rates' move added; as old as it was.
    func adding(_ move: Figure<FixedDecimal>) -> MoneyFigure {
        guard let value = amount.value else { return self }
        guard let part = move.value else { return .unknown(move.reason ?? "unknown", currency) }
        guard let sum = try? value + part else { return .unknown("amount out of range", currency) }
        return MoneyFigure(
            .known(sum, amount.state.combined(with: move.state), asOf: amount.asOf, source: amount.source), currency)
    }
}
