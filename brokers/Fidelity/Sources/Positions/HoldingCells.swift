/// The cells of one holding's row, whatever the layout; empty where the layout has no such column.
struct HoldingCells {
    var symbol = ""
    var description = ""
    var quantity = ""
    var price = ""
    var priceChange = ""
    var value = ""
    /// The cell left of the value: where some files put the amount of pending activity.
    var leftOfValue = ""
    var cost = ""
    var averageCost = ""
    var securityType = ""
    /// The layout says by other means than `**` that this is the core position.
    var isCore = false
    /// What the layout calls the value and the price, for messages.
    var valueName = PositionColumn.currentValue.rawValue
    var priceName = PositionColumn.lastPrice.rawValue
}

/// Why a row was not understood. Texts name no account and repeat no cell.
struct RowRefusal: Error, Equatable {
    static let unclosedQuote = RowRefusal(
        reason: "a quoted text runs on over further lines; is there a quote too many?")

    var reason: String
    var field: String?
}
