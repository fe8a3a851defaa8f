import PortfolioModel

/// One position with all that its figures need and that no market changes: made anew when the position, its account, an
/// instrument or a rate changes, so that a quote costs none of it.
struct PositionLine: Sendable {
    let holding: Holding
    let group: GroupKey
    /// Of options; why not, where the terms do not suffice.
    let terms: Result<OptionTerms, UnknownReason>?
    /// Quantity x multiplier.
    let units: Result<FixedDecimal, DecimalError>
    let isFuture: Bool
    let toBase: FXConversion
    /// The rates at the settlement that the day's P&L counts from, and to base currency by them.
    let settled: FXTable
    let settledToBase: FXConversion
    /// The broker's, while its statement is of the present session: an older one tells what an earlier day began with.
    let priorSettlement: FixedDecimal?
    let quantity: Double
    let multiplier: Double

    /// nil when the position's account or instrument is not in the book.
    init?(
        _ position: Position, in book: Book, _ cutoffs: MarketCutoffs, _ rates: SettledRates, at moment: SessionMoment
    ) {
        guard let account = book.accounts[position.account], book.master.contains(position.instrument) else {
            return nil
        }
        let instrument = book.master[position.instrument]
        let underlying = instrument.underlying.flatMap { book.master.contains($0) ? book.master[$0] : nil }
        holding = Holding(position: position, account: account, instrument: instrument, underlying: underlying)
        group = GroupKey(holding)
        terms =
            instrument.kind.isOption
            ? Result { () throws(UnknownReason) in try OptionTerms(instrument, underlying: underlying, cutoffs) } : nil
        units = Result { () throws(DecimalError) in try position.quantity.multiplied(by: instrument.multiplier) }
        isFuture = instrument.kind == .future
        toBase = book.rates.conversion(from: instrument.currency, to: book.base)
        settled = rates.table(instrument)
        settledToBase = settled.conversion(from: instrument.currency, to: book.base)
        priorSettlement =
            moment.isToldBy(position.asOf, instrument.kind) ? position.priorSettlement : nil
        quantity = position.quantity.doubleValue
        multiplier = instrument.multiplier.doubleValue
    }
}
