import PortfolioModel

/// Exact amounts of one position at a price, in its own currency (domain.md, Prices and P&L).
struct PositionAmounts {
    typealias Amount = Result<FixedDecimal, UnknownReason>

    /// Quantity x price x multiplier: market value, or a future's notional.
    let value: Amount
    let unrealized: Amount
    let day: Amount
    /// What was held overnight, at its prior settlement: what the day's FX effect is of. 0 for futures.
    let overnight: Amount

    /// - Parameters:
    ///   - price: the mark, or why there is none.
    ///   - prior: previous settlement per unit of quoted price, nil when nobody said.
    init(_ line: PositionLine, price: Amount, prior: FixedDecimal?, tradingDay: CalendarDate) {
        value = Self.amount(price) { try line.units.get().multiplied(by: $0) }
        unrealized = Self.amount(price) { try Self.unrealized(line, price: $0) }
        day = Self.amount(price) { try Self.day(line, price: $0, prior: prior, on: tradingDay) }
        overnight = Self.amount(price) { _ in try Self.overnight(line, prior: prior, on: tradingDay) }
    }

    @inline(__always)
    private static func amount(_ price: Amount, _ compute: (FixedDecimal) throws -> FixedDecimal) -> Amount {
        switch price {
        case .failure: return price
        case .success(let price):
            do { return .success(try compute(price)) } catch let reason as UnknownReason {
                return .failure(reason)
            } catch {
                return .failure(UnknownReason("amount out of range"))
            }
        }
    }

    private static func unrealized(_ line: PositionLine, price: FixedDecimal) throws -> FixedDecimal {
        let position = line.holding.position
        if let average = position.averageOpenPrice {
            return try line.units.get().multiplied(by: try price - average)
        }
        guard let basis = position.costBasis, !line.isFuture else { throw UnknownReason("no open price") }
        return try line.units.get().multiplied(by: price) - basis
    }

    private static func overnight(
        _ line: PositionLine, prior: FixedDecimal?, on tradingDay: CalendarDate
    ) throws -> FixedDecimal {
        if line.isFuture { return .zero }
        let position = line.holding.position
        let fills = position.today.date == tradingDay ? position.today.fills : []
        let quantity = try position.quantity - FixedDecimal.sum(fills.map(\.quantity))
        if quantity.isZero { return .zero }
        guard let prior else { throw UnknownReason("no prior settlement") }
        return try quantity.multiplied(by: line.holding.instrument.multiplier).multiplied(by: prior)
    }

    /// Overnight quantity x (mark - prior) x m + today's fills x (mark - price) x m + today's cash. Activity of another
    /// session is not of this day.
    private static func day(
        _ line: PositionLine, price: FixedDecimal, prior: FixedDecimal?, on tradingDay: CalendarDate
    ) throws -> FixedDecimal {
        let position = line.holding.position
        guard position.today.date == tradingDay else {
            if position.quantity.isZero { return .zero }
            guard let prior else { throw UnknownReason("no prior settlement") }
            return try line.units.get().multiplied(by: price - prior)
        }
        let multiplier = line.holding.instrument.multiplier
        let traded = try FixedDecimal.sum(position.today.fills.map(\.quantity))
        let overnight = try position.quantity - traded
        var total = position.today.cash
        if !overnight.isZero {
            guard let prior else { throw UnknownReason("no prior settlement") }
            total = try total + overnight.multiplied(by: multiplier).multiplied(by: price - prior)
        }
        for fill in position.today.fills {
            total = try total + fill.quantity.multiplied(by: multiplier).multiplied(by: price - fill.price)
        }
        return total
    }
}
