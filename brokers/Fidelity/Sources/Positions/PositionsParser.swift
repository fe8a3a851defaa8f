import BrokerKit

/// The rows of a positions file (P1 to P7), one after another.
struct PositionsParser {
    private var header: PositionsHeader
    private(set) var sheet: ImportSheet
    private var warnedAccounts: Set<String> = []

    init(header: PositionsHeader, sheet: ImportSheet) {
        self.header = header
        self.sheet = sheet
    }

    /// Throws only for a further header line that is ambiguous.
    mutating func take(_ record: SheetRecord) throws(ImportError) {
        if record.isBlank { return sheet.ignore(record, "blank line") }
        if let next = try PositionsHeader(record, names: record.names) {
            header = next
            return sheet.ignore(record, "header line")
        }
        if FileStamp.isFooter(record) { return sheet.ignore(record, "download date") }
        if record.swallowsRow(ofWidth: header.width) { return sheet.refuse(record, .unclosedQuote, account: nil) }
        let account = account(of: record)
        switch AccountCell.form(account.number) {
        case .number: takeRow(record, account)
        case .damaged:
            sheet.refuse(
                record,
                RowRefusal(reason: "a spreadsheet put the account number into scientific notation", field: accountName),
                account: nil)
        case .none:
            if isProse(record) { return sheet.ignore(record, "footer") }
            sheet.refuse(record, RowRefusal(reason: "no account number", field: accountName), account: nil)
        }
    }

    private mutating func takeRow(_ record: SheetRecord, _ account: AccountCell) {
        if record.hasLineEnds { return sheet.refuse(record, .unclosedQuote, account: account.number) }
        if record.onlyText != nil {
            sheet.warn(record, "a line with an account number and nothing else")
            return sheet.ignore(record, "account without a holding")
        }
        if AccountCell.mayLackZeros(account.number), warnedAccounts.insert(account.number).inserted {
            sheet.warn(record, "the account number may have lost leading zeros in a spreadsheet")
        }
        if record.cells.dropFirst(header.width).contains(where: { !$0.isEmpty }) {
            let reason = "more cells than the header names; is there an amount with a comma outside quotes?"
            return sheet.refuse(record, RowRefusal(reason: reason), account: account.number)
        }
        sheet.take(record, cells(of: record), account: account.number, name: account.name)
    }

    private var accountName: String {
        let isCombined = header.place(of: .accountNumber) == nil
        return (isCombined ? PositionColumn.accountNameAndNumber : .accountNumber).rawValue
    }

    private func account(of record: SheetRecord) -> AccountCell {
        let name = header.text(.accountName, record)
        guard header.place(of: .accountNumber) != nil else {
            let (number, named) = AccountCell.split(header.text(.accountNameAndNumber, record))
            return AccountCell(number: number, name: named)
        }
        return AccountCell(number: header.text(.accountNumber, record), name: name.isEmpty ? nil : name)
    }

    private func cells(of record: SheetRecord) -> HoldingCells {
        var cells = HoldingCells()
        cells.symbol = header.text(.symbol, record)
        cells.description = header.text(.description, record)
        cells.quantity = header.text(.quantity, record)
        cells.price = header.text(.lastPrice, record)
        cells.priceChange = header.text(.lastPriceChange, record)
        cells.value = header.text(.currentValue, record)
        cells.cost = header.text(.costBasis, record)
        cells.averageCost = header.text(.averageCost, record)
        cells.securityType = header.text(.securityType, record)
        if let place = header.place(of: .currentValue), place > 0, place <= record.cells.count {
            cells.leftOfValue = record.cells[place - 1]
        }
        return cells
    }

    /// A sentence, or a word alone: text without a figure where a holding has its figures.
    private func isProse(_ record: SheetRecord) -> Bool {
        let figures = [PositionColumn.quantity, .currentValue].map { CellNumber(header.text($0, record)) }
        guard figures.allSatisfy({ $0.value == nil }) else { return false }
        if record.onlyText != nil { return true }
        let words = record.cells.joined(separator: " ").split(whereSeparator: \.isWhitespace)
        return words.count >= 6 && words.contains { $0.count > 3 && $0.allSatisfy { $0.isLowercase } }
    }
}
