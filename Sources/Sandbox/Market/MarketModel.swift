package import Foundation

/// The simulated market as a value: the same seed, start and number of steps give the same prices to the last digit.
///
/// Spots walk with mean reversion round their bases and share one common factor; a volatility surface wanders; options
/// are lognormal prices on both. Early exercise is not priced. Time is the start plus the steps taken.
package struct MarketModel: Sendable {
    let seed: UInt64
    package let start: Date
    /// The New York day of the start, which the expiries are relative to.
    package let date: MarketDate
    package let stepSeconds: TimeInterval
    package let session: MarketSession
    package let instruments: [MarketInstrument]
    /// Counts every change of any price; equal generations show equal quotes.
    package private(set) var generation = 0
    /// Whether the walk stands still.
    package private(set) var isFrozen = false
    package private(set) var steps = 0
    private(set) var surface = VolatilitySurface()

    let specs: [UnderlyingSpec]
    let futures: [Int]
    /// By underlying: where it is, and the day's first, highest and lowest.
    var spots: [SpotState]
    /// Figures that stand in for the formula's, by instrument.
    var fixed: [Int: FixedRow] = [:]
    var faults: [Int: QuoteFault] = [:]
    private var generator: SplitMix64

    struct SpotState: Sendable {
        var price: Double
        /// Logarithm of price over base, of those that walk by themselves.
        var deviation = 0.0
        var previousClose: Double
        var open: Double
        var high: Double
        var low: Double
    }

    package init(
        seed: UInt64, start: Date, session: MarketSession = .alwaysOpen, stepSeconds: TimeInterval = 0.25
    ) {
        self.seed = seed
        self.start = start
        self.session = session
        self.stepSeconds = stepSeconds
        date = MarketDate(newYorkDayOf: start)
        let isOver = start >= date.newYork(hour: 15, minute: 30)
        let first = (isOver ? date.adding(days: 1) : date).sessionOnOrAfter
        let universe = MarketUniverse(today: date, firstExpiry: first)
        instruments = universe.instruments
        specs = universe.specs
        futures = universe.futures
        generator = SplitMix64(seed: seed)
        spots = universe.specs.map {
            SpotState(price: $0.base, previousClose: $0.base, open: $0.base, high: $0.base, low: $0.base)
        }
        openTheDay()
    }

    /// The instant that prices are of.
    package var now: Date { start.addingTimeInterval(Double(steps) * stepSeconds) }

    /// Takes one step of time; prices move when the walk is on and the session open.
    package mutating func step() {
        steps += 1
        guard !isFrozen, session.isOpen(at: now) else { return }
        walk(scale: 0.00012)
        surface.step(using: &generator)
        generation += 1
    }

    /// Stops or restarts the walk.
    package mutating func setFrozen(_ value: Bool) { isFrozen = value }

    /// Lays a defect over an instrument, or takes it off.
    package mutating func setFault(_ fault: QuoteFault?, on instrument: Int) {
        faults[instrument] = fault
        generation += 1
    }

    mutating func changed() { generation += 1 }

    /// The previous closes, then a night's move to today's open.
    private mutating func openTheDay() {
        for index in spots.indices {
            spots[index].previousClose = spots[index].price
        }
        walk(scale: 0.004)
        for index in spots.indices {
            spots[index].open = spots[index].price
            spots[index].high = spots[index].price
            spots[index].low = spots[index].price
        }
        for index in futures { spots[index].previousClose = forward(of: index, previous: true) }
    }

    /// One move of every spot; `scale` is the deviation of a step of an underlying with volatility 0.15.
    private mutating func walk(scale: Double) {
        let common = generator.normal()
        for index in specs.indices where specs[index].common > 0 {
            let spec = specs[index]
            let own = generator.normal()
            guard case .own = spec.follow else { continue }
            let shock = spec.common * common + (1 - spec.common * spec.common).squareRoot() * own
            spots[index].deviation *= 1 - 0.002
            spots[index].deviation += scale * spec.volatility / 0.15 * shock
            setSpot(index, to: spec.base * exp(spots[index].deviation))
        }
        follow()
    }

    /// Brings the index and the futures to where their leader is.
    mutating func follow() {
        for index in specs.indices where !futures.contains(index) {
            guard case .ratio(let name, let ratio) = specs[index].follow,
                let leader = specs.firstIndex(where: { $0.name == name })
            else { continue }
            if fixed[index] == nil { setSpot(index, to: spots[leader].price * ratio) }
            spots[index].previousClose = spots[leader].previousClose * ratio
        }
        for index in futures where fixed[index] == nil {
            setSpot(index, to: forward(of: index, previous: false))
        }
    }

    mutating func setSpot(_ index: Int, to price: Double) {
        spots[index].price = price
        spots[index].high = max(spots[index].high, price)
        spots[index].low = min(spots[index].low, price)
    }

    private func forward(of future: Int, previous: Bool) -> Double {
        guard let expiry = instruments[future].future?.expiry,
            let index = specs.firstIndex(where: { $0.name == "SPX" })
        else { return specs[future].base }
        let years = Double(date.days(until: expiry) + (previous ? 1 : 0)) / 365
        let spot = previous ? spots[index].previousClose : spots[index].price
        return spot * exp((UnderlyingSpec.rate - specs[index].dividendYield) * years)
    }
}
