import BrokerKit

/// The rows of a statement file (P0): a line for each account; then, account by account, section titles (`Stocks`),
/// holdings and subtotals. A line with an account's number alone starts that account's holdings.
struct StatementParser {
    private var summary: StatementHeader
    private var holdings: StatementHeader?
    private var sheet: ImportSheet
    private var accountNames: [String: String] = [:]
    /// Accounts of the first block, in order, with their lines.
    private var known: [(number: String, line: SheetRecord)] = []
    private var account: String?
    private var isCore = false

    init(summary: StatementHeader, sheet: ImportSheet) {
        self.summary = summary
        self.sheet = sheet
    }

    mutating func take(_ record: SheetRecord) {
        if record.isBlank { return sheet.ignore(record, "blank line") }
        let names = record.names
        if let next = StatementHeader(summary: names) {
            (summary, holdings, account) = (next, nil, nil)
            return sheet.ignore(record, "header line of the accounts")
        }
        if let next = StatementHeader(holdings: names) {
            holdings = next
            isCore = false
            return sheet.ignore(record, "header line of the holdings")
        }
        let isHolding = record.hasLineEnds && record.onlyText == nil
        if isHolding || record.swallowsRow(ofWidth: (holdings ?? summary).width) {
            return sheet.refuse(record, .unclosedQuote, account: nil)
        }
        if FileStamp.isFooter(record) { return sheet.ignore(record, "download date") }
        if let holdings { return takeHolding(record, holdings) }
        takeSummary(record)
    }

    /// An account of the first block without holdings in the second is told, not emptied.
    func finished() -> ImportSheet {
        var sheet = sheet
        for (number, line) in known where !sheet.contains(account: number) {
            sheet.warn(line, "this account has no holdings in the file and is left as it is")
        }
        return sheet
    }

    private mutating func takeSummary(_ record: SheetRecord) {
        let number = summary.text("account", record)
        guard AccountCell.form(number) == .number, record.onlyText == nil else {
            let isFooter = record.onlyText != nil
            if isFooter { return sheet.ignore(record, "text line") }
            return sheet.refuse(record, RowRefusal(reason: "no account number", field: "Account"), account: nil)
        }
        let type = summary.text("account type", record)
        if !isKnown(number) { known.append((number, record)) }
        if !type.isEmpty { accountNames[number] = type }
        sheet.ignore(record, "account summary")
    }

    private mutating func takeHolding(_ record: SheetRecord, _ header: StatementHeader) {
        if let text = record.onlyText { return takeTitle(text, record) }
        let symbol = header.text("symbol/cusip", record)
        let label = symbol.lowercased()
        if label.hasPrefix("subtotal of") || label.hasPrefix("total") { return sheet.ignore(record, "subtotal") }
        guard let account = account ?? (known.count == 1 ? known[0].number : nil) else {
            return sheet.refuse(
                record, RowRefusal(reason: "no line above says whose holding this is", field: "Account"), account: nil)
        }
        var cells = HoldingCells()
        cells.symbol = symbol
        cells.description = header.text("description", record)
        cells.quantity = header.text("quantity", record)
        cells.price = header.text("price", record)
        cells.value = header.text("ending value", record)
        cells.cost = header.text("cost basis", record)
        cells.isCore = isCore
        cells.valueName = "Ending Value"
        cells.priceName = "Price"
        sheet.take(record, cells, account: account, name: accountNames[account])
    }

    private func isKnown(_ number: String) -> Bool { known.contains { $0.number == number } }

    private mutating func takeTitle(_ text: String, _ record: SheetRecord) {
        if isKnown(text) || (AccountCell.form(text) == .number && text.utf8.contains { !$0.isDigit }) {
            account = text
            isCore = false
            return sheet.ignore(record, "account line")
        }
        isCore = text.lowercased().hasPrefix("core account")
        sheet.ignore(record, text.lowercased().hasPrefix("subtotal of") ? "subtotal" : "section title or text")
    }
}
