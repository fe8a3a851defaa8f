import PortfolioModel

/// Values an ordinary position from live, sane quotes without making a figure of anything on the way: the same amounts
/// to the last place as `PositionValuer`, in about a fifth of its time, and nil whenever a rule that is out of the
/// ordinary would have to speak. A property test holds both ways equal (RiskEngineTests).
struct QuickValuer: Sendable {
    let moment: QuickMoment

    /// Puts what a position adds into `part`, an empty place; false when it is to be valued the long way.
    func value(
        _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion, _ rows: Span<InstrumentMarket>,
        _ memory: inout RiskMemory, into part: inout Contribution
    ) -> Bool {
        let (place, underlyingPlace) = (Int(terms.place), Int(terms.underlyingPlace))
        guard place < rows.count, underlyingPlace < rows.count,
            let price = tradedPrice(rows, underlyingPlace, terms.underlyingMarket)
        else { return false }
        part.begin(confirmed: terms.realized)
        guard terms.shape == .option else {
            let own = UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)
            return fill(&part, terms, conversion, mark: price, price: price, own, rows)
        }
        guard let mark = optionMark(rows, place, terms.market), let unit = feedGreeks(rows, place, terms.right, &memory)
        else { return false }
        return fill(&part, terms, conversion, mark: mark, price: price, unit, rows)
    }

    /// The session's last, inside a usable quote; nil where a rule beyond that would have to be asked.
    private func tradedPrice(_ rows: Span<InstrumentMarket>, _ place: Int, _ market: QuickMoment.Market) -> Int64? {
        guard rows[place].isLive, moment.isOpen(market), let last = rows[place].last,
            moment.isOfSession(last.at, market), last.wirePrice > 0
        else { return nil }
        let traded = last.wirePrice
        guard let quote = rows[place].quote else { return moment.isFresh(last.at) ? traded : nil }
        let (low, high) = (quote.wireBid.raw, quote.wireAsk.raw)
        guard moment.isFresh(max(quote.at, last.at)), low > 0, low <= high, high < 1 << 60 else { return nil }
        if traded >= low && traded <= high { return traded }
        // Far from the quote's middle it may be a spike, which the long way tells.
        let middle = low + (high - low) / 2
        guard traded < 1 << 60, middle - middle / 5 <= traded, traded - traded / 5 <= middle else { return nil }
        return min(max(traded, low), high)
    }

    /// The middle of a quote within the limit.
    private func optionMark(_ rows: Span<InstrumentMarket>, _ place: Int, _ market: QuickMoment.Market) -> Int64? {
        guard rows[place].isLive, moment.isOpen(market), let quote = rows[place].quote,
            let absolute = moment.absoluteSpread
        else { return nil }
        let (low, high) = (quote.wireBid.raw, quote.wireAsk.raw)
        // A side that is absent is below zero.
        guard low >= 0, high > 0, low <= high, high < 1 << 60 else { return nil }
        let heard = rows[place].last.map { max($0.at, quote.at) } ?? quote.at
        guard moment.isFresh(heard) else { return nil }
        // Half to even, as decimals divide.
        let sum = low + high
        let middle = sum >> 1 + (sum & 1) & (sum >> 1 & 1)
        if high - low > absolute {
            guard let share = try? moment.relativeSpread.multiplied(by: FixedDecimal(raw64: middle)),
                Int128(high - low) <= Int128(absolute) + share.raw
            else { return nil }
        }
        return middle
    }

    /// The feed's, when nothing about them has to be looked at twice.
    private func feedGreeks(
        _ rows: Span<InstrumentMarket>, _ place: Int, _ right: OptionRight?, _ memory: inout RiskMemory
    ) -> UnitGreeks? {
        guard memory.monitor.refusals.isEmpty, let greeks = rows[place].greeks, moment.isFresh(greeks.at),
            greeks.event.volatility.isFinite, GreeksSanity.isSane(greeks.event, right)
        else { return nil }
        let id = InstrumentID(raw: UInt32(place + 1))
        guard !memory.monitor.isDueWithoutRefusals(id, at: greeks.at) else { return nil }
        memory.remember(.init(value: greeks.event.volatility, at: greeks.at), of: id)
        return UnitGreeks(
            delta: greeks.event.delta, gamma: greeks.event.gamma, theta: greeks.event.theta, vega: greeks.event.vega,
            rho: greeks.event.rho)
    }

    /// False when a figure leaves the range.
    private func fill(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion, mark: Int64,
        price: Int64, _ unit: UnitGreeks, _ rows: Span<InstrumentMarket>
    ) -> Bool {
        let native = Int128(terms.worth) * Int128(mark)
        guard let value = conversion.base(native) else { return false }
        if terms.shape == .future { part.notional = value } else { part.marketValue = value }
        if terms.hasCost {
            guard let open = conversion.base(native - terms.cost) else { return false }
            part.unrealized = open
        } else {
            part.states.unrealized = .unknown
        }
        let close = rows[Int(terms.place)].wirePreviousClose
        let prior = close.isAbsent ? terms.priorSettlement : close
        if prior.isAbsent {
            part.states.day = .unknown
        } else {
            let overnight = Int128(terms.worth) * Int128(prior.raw)
            guard let day = conversion.base(native - overnight) else { return false }
            part.day = day
            // A future has no overnight value.
            if terms.shape != .future, overnight != 0 {
                guard addFXMove(of: overnight, conversion, &part) else { return false }
            }
        }
        return fillGreeks(&part, terms, conversion, Double(price) / 1e8, unit)
    }

    /// That of the overnight value, with one rounding each way; without a rate of then there is no day's profit. False
    /// when it leaves the range.
    private func addFXMove(
        of overnight: Int128, _ conversion: borrowing QuickConversion, _ part: inout Contribution
    ) -> Bool {
        guard let settledToBase = conversion.settledToBase else {
            (part.day, part.states.day) = (0, .unknown)
            return true
        }
        if case .same = settledToBase { return true }
        guard let later = conversion.base(overnight), let earlier = conversion.settledBase(overnight) else {
            return false
        }
        part.day += later - earlier
        return true
    }

    private func fillGreeks(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion,
        _ price: Double, _ unit: UnitGreeks
    ) -> Bool {
        let position = PositionGreeks(
            unit, quantity: terms.quantity, multiplier: terms.multiplier, units: terms.units)
        let money = MoneyGreeks(position, price: price, rate: conversion.rate)
        let exposure = (terms.quantity * terms.units * price * conversion.rate).magnitude
        guard position.isFinite, money.isSummable, exposure <= ExactSum.limit else { return false }
        part.set(money)
        (part.exposure, part.isExposed) = (ExactSum.parts(exposure), true)
        return true
    }
}
