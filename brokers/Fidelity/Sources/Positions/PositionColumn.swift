/// The columns of a positions file that carry meaning here, under all the names they have had.
enum PositionColumn: String, CaseIterable {
    case accountNumber = "Account number"
    /// P6: name and number in one cell, the number last.
    case accountNameAndNumber = "Account name/number"
    case accountName = "Account name"
    case symbol = "Symbol"
    case description = "Description"
    case quantity = "Quantity"
    case lastPrice = "Last price"
    case lastPriceChange = "Last price change"
    case currentValue = "Current value"
    case costBasis = "Cost basis total"
    case averageCost = "Average cost basis"
    /// `Stocks`, `ETFs`, `Mutual Funds`; the column `Type` is the holding's (Cash or Margin) and decides nothing.
    case securityType = "Security type"

    static let mandatory: [PositionColumn] = [.accountNumber, .symbol, .quantity, .currentValue]

    /// The column of a header name as `SheetRecord.name` spells it.
    init?(name: String) {
        guard let column = Self.byName[name] else { return nil }
        self = column
    }

    private static let byName: [String: PositionColumn] = [
        "account number": .accountNumber, "account #": .accountNumber, "account name/number": .accountNameAndNumber,
        "account name": .accountName, "symbol": .symbol, "description": .description, "quantity": .quantity,
        "last price": .lastPrice, "last price change": .lastPriceChange, "current value": .currentValue,
        "cost basis": .costBasis, "cost basis total": .costBasis, "average cost basis": .averageCost,
        "avg cost basis": .averageCost, "cost basis per share": .averageCost, "investment type": .securityType,
        "security type": .securityType,
    ]
}
