import PortfolioModel

/// The moves of everything that a book moves with over a stress window, on one timeline.
struct StressPaths: Sendable {
    /// What moves a leg: its own price, or its group's beta.
    private enum Mover: Hashable {
        case own(InstrumentID)
        case beta(String)
    }

    /// From the window's first day to its last.
    let dates: [CalendarDate]
    /// Rows of moves as `FactorReturns` lays them out.
    private(set) var values: [Double] = []
    private(set) var volatilityPoints = 0.0
    /// How much of the volatility's move has happened on each date: 1 on the last one.
    private(set) var volatilityShare: [Double] = []
    private(set) var heldRates: [Currency] = []
    private var rows: [Mover: Int] = [:]
    private var rates: [Currency: Int] = [:]
    private var series: [InstrumentID: WindowSeries] = [:]
    private let window: StressWindow

    init(_ book: RevaluationBook, _ window: StressWindow, _ history: FactorHistory, _ settings: StressTest.Settings) {
        self.window = window
        for id in Set(book.legs.compactMap(\.factor)) { series[id] = WindowSeries(history.closes[id], window) }
        let currencies = Set(book.legs.map(\.currency) + book.cash.map(\.currency)).subtracting([book.base]).sorted()
        let fx = currencies.map { WindowSeries(history.rates[$0], window) }
        let index = WindowSeries(settings.index.flatMap { history.closes[$0] }, window)
        var timeline: Set<CalendarDate> = [window.first, window.last]
        for series in series.values + fx + [index] {
            timeline.formUnion(series.dates.filter { $0 > window.first && $0 < window.last })
        }
        dates = timeline.sorted()
        addRates(currencies, fx)
        addLegs(book, settings, index)
        if settings.movesVolatility { addVolatility(history, settings) }
    }

    private mutating func append(_ moves: [Double]) -> Int {
        values += moves
        return values.count / dates.count - 1
    }

    /// The share of the window's calendar days that has passed on each date.
    private var elapsed: [Double] {
        dates.map { Double(window.first.days(until: $0)) / Double(window.first.days(until: window.last)) }
    }

    private mutating func addRates(_ currencies: [Currency], _ fx: [WindowSeries]) {
        for (currency, series) in zip(currencies, fx) {
            if series.extent == .whole {
                rates[currency] = append(series.moves(on: dates))
            } else {
                heldRates.append(currency)
                rates[currency] = append([Double](repeating: 0, count: dates.count))
            }
        }
    }

    private mutating func addLegs(_ book: RevaluationBook, _ settings: StressTest.Settings, _ index: WindowSeries) {
        let indexMoves =
            index.extent == .whole
            ? index.moves(on: dates) : window.indexMove.map { move in elapsed.map { $0 * move } }
        for leg in book.legs {
            if let id = leg.factor, let own = series[id], own.extent != .none {
                if rows[.own(id)] == nil { rows[.own(id)] = append(own.moves(on: dates)) }
            } else if rows[.beta(leg.group)] == nil, let beta = settings.betas[leg.group], beta.isFinite,
                let indexMoves
            {
                rows[.beta(leg.group)] = append(indexMoves.map { max(-1, beta * $0) })
            }
        }
    }

    private mutating func addVolatility(_ history: FactorHistory, _ settings: StressTest.Settings) {
        let own = WindowSeries(settings.volatilityIndex.flatMap { history.closes[$0] }, window)
        let changes = own.extent == .whole ? own.changes(on: dates) : nil
        guard let points = changes?.last ?? window.volatilityPoints, points != 0 else { return }
        volatilityPoints = points
        volatilityShare = changes?.map { $0 / points } ?? elapsed
    }

    private func row(_ leg: RevaluationLeg) -> Int? {
        leg.factor.flatMap { rows[.own($0)] } ?? rows[.beta(leg.group)]
    }

    func placement(_ leg: RevaluationLeg) -> FactorBook.Placement {
        if let row = row(leg) { return .row(row) }
        return .none("no history from \(window.first) to \(window.last), and no beta or no index move for it")
    }

    func placement(_ currency: Currency) -> FactorBook.Placement {
        rates[currency].map { .row($0) } ?? .none("no rate")
    }

    func isByBeta(_ leg: RevaluationLeg) -> Bool { leg.factor.flatMap { rows[.own($0)] } == nil }

    /// nil where the leg's history is whole, or not its own.
    func part(of leg: RevaluationLeg) -> StressTest.Part? {
        guard let own = leg.factor.flatMap({ series[$0] }), own.extent == .part, let first = own.dates.first,
            let last = own.dates.last
        else { return nil }
        return StressTest.Part(name: leg.name, first: first, last: last, days: own.dates.count)
    }

    func lastMove(of leg: RevaluationLeg) -> Double { row(leg).map { values[($0 + 1) * dates.count - 1] } ?? 0 }

    /// 0 for the base currency.
    func lastMove(of currency: Currency) -> Double { rates[currency].map { values[($0 + 1) * dates.count - 1] } ?? 0 }
}
