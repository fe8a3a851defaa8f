/// Every instrument of the simulated market for one day: underlyings first, then chains whose expiries are relative
/// to that day.
struct MarketUniverse: Sendable {
    private(set) var instruments: [MarketInstrument] = []
    /// Behaviour by an underlying's place in `instruments`; futures have the spec of the index they follow.
    private(set) var specs: [UnderlyingSpec] = []
    private(set) var futures: [Int] = []

    init(today: MarketDate, firstExpiry: MarketDate) {
        for spec in UnderlyingSpec.all { addUnderlying(spec) }
        addUnderlying(UnderlyingSpec.adjusted)
        addFutures(today: today)
        let expiries = Self.expiries(today: today, first: firstExpiry)
        for (index, spec) in specs.enumerated() where spec.strikesEachSide > 0 && !futures.contains(index) {
            for expiry in expiries { addChain(on: index, spec: spec, expiry: expiry) }
        }
        for expiry in expiries { addFutureChain(expiry: expiry) }
        addAdjustedOption(expiry: Self.monthly(today: today, days: 30))
    }

    /// The nearest session, two Fridays, and the monthlies nearest to 30, 60, 180 and 365 days, in order, each once.
    static func expiries(today: MarketDate, first: MarketDate) -> [MarketDate] {
        let friday = first.fridayOnOrAfter
        let weeklies = [first, friday, friday.adding(days: 7)]
        let monthlies = [30, 60, 180, 365].map { monthly(today: today, days: $0) }
        return Set((weeklies + monthlies).map(\.sessionOnOrBefore)).filter { $0 >= first }.sorted()
    }

    /// The third Friday that is nearest to so many days ahead.
    static func monthly(today: MarketDate, days: Int) -> MarketDate {
        let target = today.adding(days: days)
        let candidates = [-31, 0, 31].map { shift in
            let parts = target.adding(days: shift).parts
            return MarketDate.thirdFriday(year: parts.year, month: parts.month)
        }
        return candidates.filter { $0 > today }
            .min { abs($0.days(until: target)) < abs($1.days(until: target)) } ?? target.fridayOnOrAfter
    }

    private mutating func addUnderlying(_ spec: UnderlyingSpec) {
        let id = instruments.count
        instruments.append(
            MarketInstrument(
                id: id, kind: spec.kind, name: spec.name, description: spec.description, underlying: id, multiplier: 1))
        specs.append(spec)
    }

    /// The index future's front quarter and the four after it.
    private mutating func addFutures(today: MarketDate) {
        guard let index = specs.first(where: { $0.name == "SPX" }) else { return }
        var (year, month, _) = today.parts
        while futures.count < 5 {
            let expiry = MarketDate.thirdFriday(year: year, month: month)
            if month % 3 == 0 && expiry > today {
                let id = instruments.count
                var spec = index
                spec.name = UnderlyingSpec.futuresProduct
                let future = MarketInstrument.Future(
                    product: UnderlyingSpec.futuresProduct, month: month, year: year, expiry: expiry)
                instruments.append(
                    MarketInstrument(
                        id: id, kind: .future(future), name: future.product, description: "E-Mini S&P 500",
                        underlying: id, multiplier: 50))
                specs.append(spec)
                futures.append(id)
            }
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
    }

    private mutating func addChain(on underlying: Int, spec: UnderlyingSpec, expiry: MarketDate) {
        let isIndex = instruments[underlying].isIndex
        var roots = [(isIndex ? spec.name + "W" : spec.name, MarketInstrument.Settlement.evening)]
        if isIndex && expiry.isThirdFriday { roots.append((spec.name, .morning)) }
        for (root, settlement) in roots {
            for strike in Self.strikes(spec) {
                for right in [MarketInstrument.Right.call, .put] {
                    add(
                        .init(
                            root: root, expiry: expiry, strike: SandboxAmount(strike), right: right,
                            settlement: settlement, isEuropean: isIndex, deliverable: 100, isAdjusted: false),
                        on: underlying, isFutureOption: false, multiplier: 100)
                }
            }
        }
    }

    private mutating func addFutureChain(expiry: MarketDate) {
        guard let underlying = futures.first(where: { (instruments[$0].future?.expiry ?? expiry) >= expiry })
        else { return }
        let isQuarterly = instruments[underlying].future?.expiry == expiry
        for strike in Self.strikes(specs[underlying]) {
            for right in [MarketInstrument.Right.call, .put] {
                add(
                    .init(
                        root: Self.futureOptionRoot(expiry, isQuarterly: isQuarterly), expiry: expiry,
                        strike: SandboxAmount(strike), right: right, settlement: isQuarterly ? .morning : .evening,
                        isEuropean: !isQuarterly, deliverable: 50, isAdjusted: false),
                    on: underlying, isFutureOption: true, multiplier: 50)
            }
        }
    }

    /// `ES` for the quarterly option, `EW3` for a Friday's weekly, `E4A` ... `E4D` for Monday to Thursday.
    static func futureOptionRoot(_ expiry: MarketDate, isQuarterly: Bool) -> String {
        if isQuarterly { return UnderlyingSpec.futuresProduct }
        if expiry.weekday >= 5 { return "EW\(expiry.weekdayOccurrence)" }
        let letter = ["A", "B", "C", "D"][expiry.weekday - 1]
        return "E\(expiry.weekdayOccurrence)\(letter)"
    }

    private mutating func addAdjustedOption(expiry: MarketDate) {
        guard let underlying = specs.firstIndex(where: { $0.name == UnderlyingSpec.adjusted.name }) else { return }
        add(
            .init(
                root: "ABC1", expiry: expiry, strike: SandboxAmount(5), right: .call, settlement: .evening,
                isEuropean: false, deliverable: 10, isAdjusted: true),
            on: underlying, isFutureOption: false, multiplier: 100)
    }

    private mutating func add(
        _ option: MarketInstrument.Option, on underlying: Int, isFutureOption: Bool, multiplier: Int
    ) {
        let parts = option.expiry.parts
        let right = option.right == .call ? "CALL" : "PUT"
        let words = "\(option.root) \(option.expiry.monthName.uppercased()) \(parts.day) \(parts.year)"
        instruments.append(
            MarketInstrument(
                id: instruments.count, kind: isFutureOption ? .futureOption(option) : .option(option),
                name: option.root, description: "\(words) $\(option.strike) \(right)", underlying: underlying,
                multiplier: multiplier))
    }

    private static func strikes(_ spec: UnderlyingSpec) -> [Int] {
        let centre = Int((spec.base / Double(spec.strikeStep)).rounded()) * spec.strikeStep
        return (-spec.strikesEachSide...spec.strikesEachSide).map { centre + $0 * spec.strikeStep }
            .filter { $0 > 0 }
    }
}
