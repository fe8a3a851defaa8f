import PortfolioModel

/// One row's values as bits, each in the slot that its event type gives the field: flat words, nothing to retain.
struct FeedSlots {
    /// For values that are checked and not kept.
    static let spare = 7
    /// The symbol's number in the table; negative for one that nobody asked for.
    static let symbolSlot = 8
    static let count = 9

    private let values: InlineArray<9, Int64>

    /// The row that begins at a place of the words.
    @inline(__always)
    init(_ words: Span<Int64>, at start: Int) { values = InlineArray { words[start &+ $0] } }

    @inline(__always)
    var symbol: Int { Int(values[Self.symbolSlot]) }

    static func slot(of field: FeedField, in type: FeedEventType) -> Int? { fields(of: type).firstIndex(of: field) }

    static func fields(of type: FeedEventType) -> [FeedField] {
        type.requestedFields.filter { $0 != .eventSymbol }
    }

    /// What a slot holds when nothing was said of its field.
    static func blank(_ field: FeedField, in type: FeedEventType) -> Int64 {
        switch field.form(in: type) {
        case .decimal: WireDecimal.absent.raw
        case .double: Int64(bitPattern: Double.nan.bitPattern)
        case .whole, .text: 0
        }
    }

    private func decimal(_ slot: Int) -> WireDecimal { WireDecimal(raw: values[slot]) }
    private func double(_ slot: Int) -> Double { Double(bitPattern: UInt64(bitPattern: values[slot])) }

    private func optional(_ slot: Int) -> Double? {
        let value = double(slot)
        return value.isFinite ? value : nil
    }

    // The slots below are the places in `FeedEventType.requestedFields`, the symbol left out.

    func quote(_ handle: MarketHandle) -> QuoteEvent {
        QuoteEvent(
            instrument: handle, bid: decimal(0), ask: decimal(1), bidSize: decimal(2), askSize: decimal(3))
    }

    func trade(_ handle: MarketHandle) -> TradeEvent {
        TradeEvent(
            instrument: handle, price: decimal(0), size: decimal(1),
            time: values[2] > 0 ? Timestamp(milliseconds: values[2]) : nil)
    }

    func summary(_ handle: MarketHandle) -> SummaryEvent {
        let isOfficial = values[4] != Self.unofficial
        return SummaryEvent(
            instrument: handle, open: decimal(0), high: decimal(1), low: decimal(2),
            close: isOfficial ? decimal(3) : .absent, previousClose: decimal(5), openInterest: values[6])
    }

    func greeks(_ handle: MarketHandle) -> GreeksEvent {
        GreeksEvent(
            instrument: handle, price: double(0), volatility: double(1), delta: double(2), gamma: double(3),
            theta: double(4), vega: double(5), rho: double(6))
    }

    func profile(_ handle: MarketHandle) -> ProfileEvent {
        ProfileEvent(
            instrument: handle, isHalted: values[0] == Self.halted, beta: optional(1), dividendAmount: optional(2),
            exDividendDate: (1...1_000_000).contains(values[3]) ? CalendarDate(dayNumber: Int(values[3])) : nil)
    }

    /// What the texts that matter are kept as.
    static let unofficial: Int64 = 1
    static let halted: Int64 = 1
}
