/// One event type's COMPACT row as a list of reads, made once from what FEED_CONFIG states.
struct FeedProgram: Sendable {
    enum Read: UInt8, Sendable { case symbol, decimal, whole, double, closeType, tradingStatus, skip }

    struct Column: Sendable {
        var read: Read
        var slot: Int
    }

    let type: FeedEventType
    let columns: [Column]
    /// A row of which nothing was said.
    let blank: FeedSlots

    /// nil for a layout that leaves a row's meaning open: without a symbol, or naming a field twice.
    init?(_ type: FeedEventType, _ layout: FeedLayout) {
        let known = layout.columns.compactMap { $0 }
        guard layout.isUsable, Set(known).count == known.count else { return nil }
        self.type = type
        columns = layout.columns.map { Self.column($0, of: type) }
        blank = FeedSlots.blank(type)
    }

    private static func column(_ field: FeedField?, of type: FeedEventType) -> Column {
        guard let field else { return Column(read: .skip, slot: FeedSlots.spare) }
        let slot = FeedSlots.slot(of: field, in: type) ?? FeedSlots.spare
        switch field {
        case .eventSymbol: return Column(read: .symbol, slot: slot)
        case .dayClosePriceType: return Column(read: .closeType, slot: slot)
        case .tradingStatus: return Column(read: .tradingStatus, slot: slot)
        default: break
        }
        switch field.form(in: type) {
        case .decimal: return Column(read: .decimal, slot: slot)
        case .whole: return Column(read: .whole, slot: slot)
        case .double: return Column(read: .double, slot: slot)
        case .text: return Column(read: .skip, slot: slot)
        }
    }
}
