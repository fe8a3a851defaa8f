import PortfolioModel

/// Values an ordinary position from live, sane quotes without making a figure of anything on the way: the same amounts
/// to the last place as `PositionValuer`, in about a fifth of its time, and nil whenever a rule that is out of the
/// ordinary would have to speak. A property test holds both ways equal (RiskEngineTests).
struct QuickValuer: Sendable {
    let moment: QuickMoment

    /// Puts what a position adds into `part`, an empty place; false when it is to be valued the long way.
    @inline(__always)
    func value(
        _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion, _ lines: Span<MarketLine>,
        _ memory: inout RiskMemory, into part: inout Contribution
    ) -> Bool {
        let (place, underlyingPlace) = (Int(terms.place), Int(terms.underlyingPlace))
        guard place < lines.count, underlyingPlace < lines.count,
            let price = tradedPrice(lines[underlyingPlace], terms.underlyingMarket)
        else { return false }
        part.begin(realized: terms.realized, terms.realizedState)
        guard terms.shape == .option else {
            let own = UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)
            return fill(&part, terms, conversion, mark: price, price: price, own)
        }
        guard let mark = optionMark(lines[place], terms.market),
            let unit = feedGreeks(lines[place], place, terms.right, &memory)
        else { return false }
        return fill(&part, terms, conversion, mark: mark, price: price, unit)
    }

    /// The session's last, inside a usable quote; nil where a rule beyond that would have to be asked. A time that
    /// nobody stated is before every limit.
    @inline(__always)
    private func tradedPrice(_ line: borrowing MarketLine, _ market: QuickMoment.Market) -> Int64? {
        let traded = line.last
        guard line.isLive, moment.isOpen(market), moment.isOfSession(line.lastAt, market), traded > 0 else {
            return nil
        }
        guard line.quoteAt != .min else { return moment.isFresh(line.lastAt) ? traded : nil }
        let (low, high) = (line.bid, line.ask)
        guard moment.isFresh(max(line.quoteAt, line.lastAt)), low > 0, low <= high, high < 1 << 60 else { return nil }
        if traded >= low && traded <= high { return traded }
        // Far from the quote's middle it may be a spike, which the long way tells.
        let middle = low + (high - low) / 2
        guard traded < 1 << 60, middle - middle / 5 <= traded, traded - traded / 5 <= middle else { return nil }
        return min(max(traded, low), high)
    }

    /// The middle of a quote within the limit.
    @inline(__always)
    private func optionMark(_ line: borrowing MarketLine, _ market: QuickMoment.Market) -> Int64? {
        guard line.isLive, moment.isOpen(market), line.quoteAt != .min, let absolute = moment.absoluteSpread else {
            return nil
        }
        let (low, high) = (line.bid, line.ask)
        // A side that is absent is below zero.
        guard low >= 0, high > 0, low <= high, high < 1 << 60, moment.isFresh(max(line.quoteAt, line.lastAt)) else {
            return nil
        }
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
    @inline(__always)
    private func feedGreeks(
        _ line: borrowing MarketLine, _ place: Int, _ right: OptionRight?, _ memory: inout RiskMemory
    ) -> UnitGreeks? {
        let unit = UnitGreeks(
            delta: line.delta, gamma: line.gamma, theta: line.theta, vega: line.vega, rho: line.rho)
        guard memory.monitor.refusals.isEmpty, moment.isFresh(line.greeksAt), line.volatility.isFinite,
            GreeksSanity.isSane(unit, volatility: line.volatility, right)
        else { return nil }
        let (id, at) = (InstrumentID(raw: UInt32(place + 1)), Timestamp(microseconds: line.greeksAt))
        guard !memory.monitor.isDueWithoutRefusals(id, at: at) else { return nil }
        memory.remember(.init(value: line.volatility, at: at), of: id)
        return unit
    }

    /// False when a figure leaves the range.
    @inline(__always)
    private func fill(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion, mark: Int64,
        price: Int64, _ unit: UnitGreeks
    ) -> Bool {
        let (native, overflow) = mark.multipliedReportingOverflow(by: Int64(terms.worth))
        guard !overflow, let exact = conversion.toBase.amount(native) else { return false }
        let value = Int128(conversion.toBase.rounded(exact))
        if terms.shape == .future { part.notional = value } else { part.marketValue = value }
        if terms.hasCost {
            part.unrealized = Int128(conversion.toBase.rounded(conversion.toBase.difference(exact, terms.cost)))
        } else {
            part.states.unrealized = .unknown
        }
        if terms.overnight.isKnown {
            let day = conversion.toBase.rounded(conversion.toBase.difference(exact, terms.overnight.worth))
            part.day = Int128(day) + Int128(terms.overnight.move)
        } else {
            part.states.day = .unknown
        }
        return fillGreeks(&part, terms, conversion, Double(price) / 1e8, unit)
    }

    @inline(__always)
    private func fillGreeks(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, _ conversion: borrowing QuickConversion,
        _ price: Double, _ unit: UnitGreeks
    ) -> Bool {
        let position = PositionGreeks(unit, terms.factors)
        let money = MoneyGreeks(position, price: price, rate: conversion.rate)
        let exposure = (terms.factors.delta * price * conversion.rate).magnitude
        guard position.isFinite, money.isSummable, exposure <= ExactSum.limit else { return false }
        part.set(money)
        (part.exposure, part.isExposed) = (ExactSum.parts(exposure), true)
        return true
    }
}
