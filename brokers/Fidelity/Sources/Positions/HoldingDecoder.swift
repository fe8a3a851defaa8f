import BrokerKit
import PortfolioModel

/// One row's cells as a position or as cash. A value: what it has to say beside the result stands in `remarks`.
struct HoldingDecoder {
    enum Holding {
        case position(VenuePosition)
        case cash(FixedDecimal, symbol: String)
        /// nil when the file does not know the amount.
        case pending(FixedDecimal?)
        /// A workplace plan's line for a linked brokerage account, whose holdings stand under that account's own
        /// number.
        case linkedAccount
        case total
    }

    let asOf: Timestamp
    private(set) var remarks: [String] = []

    init(asOf: Timestamp) { self.asOf = asOf }

    mutating func decode(_ cells: HoldingCells) throws(RowRefusal) -> Holding {
        let label = (cells.symbol.isEmpty ? cells.description : cells.symbol).lowercased()
        if label.hasPrefix("pending activity") { return try pending(cells) }
        if label.hasPrefix("account total") || label.hasPrefix("grand total") || label == "total" { return .total }
        if [cells.symbol, cells.description].contains(where: Self.isBrokerageLink) { return .linkedAccount }
        guard !cells.symbol.isEmpty else { throw RowRefusal(reason: "the symbol is blank", field: "Symbol") }
        guard let symbol = FidelitySymbol(cells.symbol) else { throw Self.unknownSymbol(cells.symbol) }
        if case .core = symbol { return try cash(cells, symbol) }
        return cells.isCore ? try cash(cells, symbol) : .position(try position(cells, symbol))
    }

    private mutating func pending(_ cells: HoldingCells) throws(RowRefusal) -> Holding {
        if let amount = try number(cells.value, cells.valueName) { return .pending(amount) }
        if let amount = try number(cells.leftOfValue, cells.valueName) { return .pending(amount) }
        remarks.append("the amount of pending activity is not given; pending cash is unknown")
        return .pending(nil)
    }

    private mutating func cash(_ cells: HoldingCells, _ symbol: FidelitySymbol) throws(RowRefusal) -> Holding {
        let value = try number(cells.value, cells.valueName)
        let quantity = try number(cells.quantity, "Quantity")
        let price = try number(cells.price, cells.priceName)
        var counted: FixedDecimal?
        if let quantity {
            counted = try exact { () throws(DecimalError) in try quantity.multiplied(by: price ?? .one) }
        }
        if let value {
            if let counted, !HoldingCheck.agree(counted, value) {
                remarks.append("\(cells.valueName) of core cash is not quantity times price; \(cells.valueName) counts")
            }
            return .cash(value, symbol: symbol.text)
        }
        guard let counted else {
            throw RowRefusal(reason: "core cash has neither a value nor a quantity", field: cells.valueName)
        }
        return .cash(counted, symbol: symbol.text)
    }

    private mutating func position(
        _ cells: HoldingCells, _ symbol: FidelitySymbol
    ) throws(RowRefusal) -> VenuePosition {
        guard let quantity = try number(cells.quantity, "Quantity") else {
            throw RowRefusal(reason: "the quantity is not given", field: "Quantity")
        }
        var price = try number(cells.price, cells.priceName)
        var change = try number(cells.priceChange, "Last price change")
        var average = try number(cells.averageCost, "Average cost basis")
        let value = try number(cells.value, cells.valueName)
        // A short position has its minus in quantity and value; a price never has one.
        if let price, price.isNegative { throw RowRefusal(reason: "is below 0", field: cells.priceName) }
        if quantity.isZero, let value, !value.isZero {
            throw RowRefusal(reason: "is 0 while \(cells.valueName) is not", field: "Quantity")
        }
        let cost = try number(cells.cost, "Cost basis total")
        var instrument = VenueInstrument(symbol: VenueSymbol(symbol.text))
        instrument.name = cells.description.isEmpty ? nil : cells.description
        instrument.type = cells.securityType.isEmpty ? nil : cells.securityType
        instrument.securityKind = SecurityWords.kind(symbol, cells)
        if case .cusip(let cusip) = symbol { instrument.cusip = cusip }
        var multiplier = FixedDecimal.one
        if case .option = symbol { multiplier = FidelitySymbology.optionMultiplier }

        let check = HoldingCheck(quantity: quantity, price: price, multiplier: multiplier, value: value)
        if case .cusip = symbol, check.isPricedPerHundred {
            // Bonds are quoted per 100 of face value; everything else here is per unit.
            instrument.securityKind = .bond
            price = try perUnit(price)
            change = try perUnit(change)
            average = try perUnit(average)
        } else if check.result == .differs {
            remarks.append("\(cells.valueName) is not quantity times price")
        }
        var position = VenuePosition(
            instrument: instrument, quantity: quantity, basis: Basis(includesFees: true, source: "fidelity"), asOf: asOf
        )
        position.costBasis = cost.map { quantity.isNegative ? -$0.magnitude : $0.magnitude }
        position.averageOpenPrice = average?.magnitude
        if average == nil, let cost, !quantity.isZero {
            position.averageOpenPrice = try exact { () throws(DecimalError) in
                try cost.magnitude.divided(by: quantity.magnitude.multiplied(by: multiplier))
            }
        }
        position.brokerMark = price
        position.brokerMarkAsOf = price == nil ? nil : asOf
        if let price, let change {
            position.priorSettlement = try exact { () throws(DecimalError) in try price - change }
        }
        return position
    }

    private func perUnit(_ price: FixedDecimal?) throws(RowRefusal) -> FixedDecimal? {
        guard let price else { return nil }
        return try exact { () throws(DecimalError) in try price.divided(by: 100) }
    }

    private func exact(_ body: () throws(DecimalError) -> FixedDecimal) throws(RowRefusal) -> FixedDecimal {
        do { return try body() } catch { throw RowRefusal(reason: "an amount is out of range", field: nil) }
    }

    private mutating func number(_ cell: String, _ field: String) throws(RowRefusal) -> FixedDecimal? {
        switch CellNumber(cell) {
        case .missing: return nil
        case .malformed(let why):
            let isDate = DownloadMoment.date(cell.lowercased()) != nil
            throw RowRefusal(reason: isDate ? "is a date, which a spreadsheet made of it" : why, field: field)
        case .value(let value, let isScientific):
            if isScientific { remarks.append("\(field) is in scientific notation; a spreadsheet may have cut digits") }
            return value
        }
    }

    private static func isBrokerageLink(_ text: String) -> Bool {
        text.uppercased().filter { $0 != " " }.hasPrefix("BROKERAGELINK")
    }

    /// Tells what spreadsheets make of symbols apart from symbols that are merely unknown.
    private static func unknownSymbol(_ text: String) -> RowRefusal {
        let isScientific: Bool
        if case .value(_, true) = CellNumber(text) { isScientific = true } else { isScientific = false }
        let hasMonth = text.split(separator: "-").contains { DownloadMoment.isMonth($0) }
        if isScientific || hasMonth || text.hasPrefix("#") || DownloadMoment.date(text.lowercased()) != nil {
            return RowRefusal(
                reason: "a spreadsheet made a number, a date or an error of the symbol", field: "Symbol")
        }
        return RowRefusal(reason: "neither a ticker, a CUSIP, core cash nor an option", field: "Symbol")
    }
}
