package import PortfolioModel
package import Pricing

/// What attribution has to know of a position beside its edges: its contract, and what its model assumed.
package struct AttributionContract: Sendable {
    /// Of options: what it is worth once time is up.
    package struct Ending: Sendable, Hashable {
        package var right: OptionRight
        /// As the underlying's price is quoted.
        package var strike: Double
        package var at: Timestamp

        package init(right: OptionRight, strike: Double, at: Timestamp) {
            (self.right, self.strike, self.at) = (right, strike, at)
        }
    }

    /// The model's interest rate, continuously compounded, a fraction per year, from a time on.
    package struct RateChange: Sendable, Hashable {
        package var from: Timestamp
        package var rate: Double

        package init(from: Timestamp, rate: Double) { (self.from, self.rate) = (from, rate) }
    }

    package let position: PositionKey
    /// As totals name it.
    package var name: String
    /// Symbol of the underlying group.
    package var group: String
    package var currency: Currency
    /// Currency per 1.00 of quoted price per unit of quantity.
    package var multiplier: FixedDecimal
    /// Units in what the underlying's price quotes that one contract delivers.
    package var units: FixedDecimal
    package var isOption: Bool
    /// Market value is 0, and what is gained is in cash day by day: its rows of variation are no income.
    package var isFuture: Bool
    /// nil for what is no option, or where its terms are not known.
    package var ending: Ending?
    /// The option's model, for its last days: price, time, and where rates are given the rate, are set anew. nil: the
    /// edges' own Greeks are used there too. Dividends in it have no effect.
    package var model: OptionModel?
    /// Price per unit without fees at which the quantity of its first edge was opened, for an edge that does not say it
    /// itself; nil when nobody says.
    package var openPrice: FixedDecimal?
    /// Of the underlying.
    package var dividends: [ExpectedDividend]
    /// Ascending; without one rates have not changed.
    package var rates: [RateChange]
    /// In which ex-dates are dates.
    package var zone: MarketZone

    package init(
        position: PositionKey, name: String, group: String, currency: Currency, multiplier: FixedDecimal = .one,
        units: FixedDecimal? = nil, isOption: Bool = false, isFuture: Bool = false, ending: Ending? = nil,
        model: OptionModel? = nil,
        openPrice: FixedDecimal? = nil, dividends: [ExpectedDividend] = [], rates: [RateChange] = [],
        zone: MarketZone = .newYork
    ) {
        self.position = position
        self.name = name
        self.group = group
        self.currency = currency
        self.multiplier = multiplier
        self.units = units ?? multiplier
        self.isOption = isOption
        self.isFuture = isFuture
        self.ending = ending
        self.model = model
        self.openPrice = openPrice
        self.dividends = dividends
        self.rates = rates
        self.zone = zone
    }

    /// From the master's rows. An option whose deliverable is not known has its multiplier for units. Dividends that
    /// are not given are those that the assumptions expect.
    package init(
        _ position: PositionKey, name: String, instrument: Instrument, underlying: Instrument?,
        assumptions: ModelAssumptions = ModelAssumptions(), openPrice: FixedDecimal? = nil,
        dividends: [ExpectedDividend]? = nil, rates: [RateChange] = []
    ) {
        let group = underlying?.symbol ?? instrument.contract?.underlying ?? instrument.symbol
        self.init(
            position: position, name: name, group: group, currency: instrument.currency,
            multiplier: instrument.multiplier, isOption: instrument.kind.isOption,
            isFuture: instrument.kind == .future, openPrice: openPrice,
            dividends: dividends ?? assumptions.dividends[group] ?? [], rates: rates)
        guard let terms = try? OptionTerms(instrument, underlying: underlying, assumptions.cutoffs) else { return }
        units = terms.units
        zone = assumptions.cutoffs.cutoff(terms.kind, terms.currency).calendar.zone
        let multiplier = terms.multiplier.doubleValue
        let strike = terms.strike.doubleValue - terms.cashInLieu.doubleValue / multiplier
        ending = Ending(
            right: terms.right, strike: strike * multiplier / terms.units.doubleValue, at: terms.end)
        model =
            terms.deliversOthers
            ? nil
            : OptionModel(
                right: terms.right, underlyingPrice: terms.strike.doubleValue, strike: terms.strike.doubleValue,
                years: 1, rate: assumptions.rate(in: terms.currency),
                yield: assumptions.yields[terms.underlyingSymbol] ?? 0,
                formula: terms.isOnFuture ? .black76 : .blackScholesMerton, exercise: terms.exercise)
    }

    func rate(at time: Timestamp) -> Double? { rates.last { $0.from <= time }?.rate }

    /// Dividends per unit of underlying that it went ex after one instant and up to another.
    func dividends(after start: Timestamp, through end: Timestamp) -> Double {
        let (first, last) = (zone.date(of: start), zone.date(of: end))
        return dividends.reduce(0) { $1.exDate > first && $1.exDate <= last ? $0 + $1.amount : $0 }
    }
}
