/// One event type's COMPACT row as a list of reads, made once from what FEED_CONFIG states.
struct FeedProgram: Sendable {
    enum Read: UInt8, Sendable { case symbol, decimal, whole, double, closeType, tradingStatus, skip }

    struct Column: Sendable {
        var read: Read
        var slot: Int
        /// What the slot holds when the row states no value.
        var blank: Int64
    }

    let type: FeedEventType
    let columns: [Column]
    /// What the rows never state.
    let unstated: [Column]

    /// nil for a layout that leaves a row's meaning open: without a symbol, or naming a field twice.
    init?(_ type: FeedEventType, _ layout: FeedLayout) {
        let known = layout.columns.compactMap { $0 }
        guard layout.isUsable, Set(known).count == known.count else { return nil }
        self.type = type
        columns = layout.columns.map { Self.column($0, of: type) }
        unstated = FeedSlots.fields(of: type).filter { !known.contains($0) }.map { Self.column($0, of: type) }
    }

    private static func column(_ field: FeedField?, of type: FeedEventType) -> Column {
        guard let field else { return Column(read: .skip, slot: FeedSlots.spare, blank: 0) }
        let spare = field == .eventSymbol ? FeedSlots.symbolSlot : FeedSlots.spare
        let slot = FeedSlots.slot(of: field, in: type) ?? spare
        return Column(read: read(field, of: type), slot: slot, blank: FeedSlots.blank(field, in: type))
    }

    private static func read(_ field: FeedField, of type: FeedEventType) -> Read {
        switch field {
        case .eventSymbol: return .symbol
        case .dayClosePriceType: return .closeType
        case .tradingStatus: return .tradingStatus
        default: break
        }
        switch field.form(in: type) {
        case .decimal: return .decimal
        case .whole: return .whole
        case .double: return .double
        case .text: return .skip
        }
    }
}
