import PortfolioModel

/// Values an ordinary position from live, sane quotes without making a figure of anything on the way: the same amounts
/// to the last place as `PositionValuer`, in about a fifth of its time, and nil whenever a rule that is out of the
/// ordinary would have to speak. A property test holds both ways equal (RiskEngineTests).
struct QuickValuer: Sendable {
    let moment: QuickMoment

    /// nil: to be valued the long way.
    func contribution(
        _ terms: borrowing QuickTerms, _ rows: Span<InstrumentMarket>, _ memory: inout RiskMemory
    ) -> Contribution? {
        guard terms.place < rows.count, terms.underlyingPlace < rows.count,
            let price = tradedPrice(rows, terms.underlyingPlace, terms.underlyingKind)
        else { return nil }
        var part = Contribution(confirmed: terms.realized)
        guard terms.shape == .option else {
            let own = UnitGreeks(delta: 1, gamma: 0, theta: 0, vega: 0, rho: 0)
            return fill(&part, terms, mark: price, price: price, own, rows) ? part : nil
        }
        guard let mark = optionMark(rows, terms.place, terms.kind),
            let unit = feedGreeks(rows, terms, &memory)
        else { return nil }
        return fill(&part, terms, mark: mark, price: price, unit, rows) ? part : nil
    }

    /// The session's last, inside a usable quote; nil where a rule beyond that would have to be asked.
    private func tradedPrice(_ rows: Span<InstrumentMarket>, _ place: Int, _ kind: InstrumentKind) -> Int64? {
        guard rows[place].isLive, moment.isOpen(kind), let last = rows[place].last,
            moment.isOfSession(last.at, kind), last.wirePrice > 0
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
    private func optionMark(_ rows: Span<InstrumentMarket>, _ place: Int, _ kind: InstrumentKind) -> Int64? {
        guard rows[place].isLive, moment.isOpen(kind), let quote = rows[place].quote,
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
        _ rows: Span<InstrumentMarket>, _ terms: borrowing QuickTerms, _ memory: inout RiskMemory
    ) -> UnitGreeks? {
        guard memory.monitor.refusals.isEmpty, let greeks = rows[terms.place].greeks, moment.isFresh(greeks.at),
            greeks.event.volatility.isFinite, GreeksSanity.isSane(greeks.event, terms.right)
        else { return nil }
        let id = InstrumentID(raw: UInt32(terms.place + 1))
        guard !memory.monitor.isDueWithoutRefusals(id, at: greeks.at) else { return nil }
        memory.remember(.init(value: greeks.event.volatility, at: greeks.at), of: id)
        return UnitGreeks(
            delta: greeks.event.delta, gamma: greeks.event.gamma, theta: greeks.event.theta, vega: greeks.event.vega,
            rho: greeks.event.rho)
    }

    /// False when a figure leaves the range.
    private func fill(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, mark: Int64, price: Int64,
        _ unit: UnitGreeks, _ rows: Span<InstrumentMarket>
    ) -> Bool {
        let worth = Int128(terms.worth)
        guard let value = base(worth * Int128(mark), terms) else { return false }
        if terms.shape == .future { part.notional = value } else { part.marketValue = value }
        if let average = terms.average {
            guard let open = base(worth * Int128(mark - average), terms) else { return false }
            part.unrealized = open
        } else if let basis = terms.costBasis, terms.shape != .future {
            guard let open = base(worth * Int128(mark) - basis, terms) else { return false }
            part.unrealized = open
        } else {
            part.states.unrealized = .unknown
        }
        if let prior = previous(rows, terms) {
            guard let day = base(worth * Int128(mark - prior), terms) else { return false }
            part.day = day
            guard addFXMove(of: prior, terms, &part) else { return false }
        } else {
            part.states.day = .unknown
        }
        return fillGreeks(&part, terms, Double(price) / 1e8, unit)
    }

    /// That of the overnight value, with one rounding each way; a future has none, and without a rate of then there is
    /// no day's profit. False when it leaves the range.
    private func addFXMove(of prior: Int64, _ terms: borrowing QuickTerms, _ part: inout Contribution) -> Bool {
        if terms.shape == .future || prior == 0 { return true }
        guard let settledToBase = terms.settledToBase else {
            (part.day, part.states.day) = (0, .unknown)
            return true
        }
        if case .same = settledToBase { return true }
        let overnight = Int128(terms.worth) * Int128(prior)
        guard let later = base(overnight, terms), let amount = try? FixedDecimal(raw: overnight),
            let earlier = settledToBase.apply(amount)
        else { return false }
        part.day += later - earlier.raw
        return true
    }

    private func previous(_ rows: Span<InstrumentMarket>, _ terms: borrowing QuickTerms) -> Int64? {
        let close = rows[terms.place].wirePreviousClose
        return close.isAbsent ? terms.priorSettlement : close.raw
    }

    private func fillGreeks(
        _ part: inout Contribution, _ terms: borrowing QuickTerms, _ price: Double, _ unit: UnitGreeks
    ) -> Bool {
        let position = PositionGreeks(
            unit, quantity: terms.quantity, multiplier: terms.multiplier, units: terms.units)
        let money = MoneyGreeks(position, price: price, rate: terms.rate)
        let exposure = (terms.quantity * terms.units * price * terms.rate).magnitude
        guard position.isFinite, money.isSummable, exposure <= ExactSum.limit else { return false }
        part.set(money)
        (part.exposure, part.isExposed) = (ExactSum.parts(exposure), true)
        return true
    }

    /// nil when it leaves the range of money.
    private func base(_ raw: Int128, _ terms: borrowing QuickTerms) -> Int128? {
        guard raw.magnitude < 1 << 90 else { return nil }
        if case .same = terms.toBase { return raw }
        guard let amount = try? FixedDecimal(raw: raw) else { return nil }
        return terms.toBase.apply(amount)?.raw
    }
}
