import BrokerKit
import PortfolioModel

/// The document as it grows: one row for each record, and the accounts they add up to.
struct ImportSheet {
    let asOf: Timestamp
    private(set) var rows: [ImportRow] = []
    private(set) var warnings: [ImportWarning]
    private var accounts: [AccountHoldings] = []
    private var byNumber: [String: Int] = [:]
    /// First refused line that names no account: it may belong to any of them.
    private var orphanLine: Int?

    init(asOf: Timestamp, warnings: [ImportWarning]) {
        self.asOf = asOf
        self.warnings = warnings
    }

    mutating func ignore(_ record: SheetRecord, _ why: String) { append(record, .ignored(why)) }

    mutating func warn(_ record: SheetRecord, _ text: String) {
        warnings.append(ImportWarning(line: record.firstLine, text: text))
    }

    mutating func refuse(_ record: SheetRecord, _ refusal: RowRefusal, account: String?) {
        append(record, .refused(reason: refusal.reason, field: refusal.field, account: account))
        if let account {
            let place = place(of: account)
            accounts[place].refusedLine = accounts[place].refusedLine ?? record.firstLine
        } else {
            orphanLine = orphanLine ?? record.firstLine
        }
    }

    func contains(account: String) -> Bool { byNumber[account] != nil }

    private mutating func open(account: String, name: String?) {
        let place = place(of: account)
        accounts[place].name = accounts[place].name ?? name
    }

    /// Reads one holding's row into its account.
    mutating func take(_ record: SheetRecord, _ cells: HoldingCells, account: String, name: String?) {
        open(account: account, name: name)
        var decoder = HoldingDecoder(asOf: asOf)
        do {
            let holding = try decoder.decode(cells)
            for remark in decoder.remarks { warn(record, remark) }
            try add(holding, record, account)
        } catch let refusal as RowRefusal {
            refuse(record, refusal, account: account)
        } catch {
            refuse(record, RowRefusal(reason: "an amount is out of range", field: nil), account: account)
        }
    }

    private mutating func add(_ holding: HoldingDecoder.Holding, _ record: SheetRecord, _ account: String) throws {
        let place = place(of: account)
        switch holding {
        case .position(let position):
            if let oddity = try accounts[place].add(position) { warn(record, oddity) }
            append(record, .position(account: account, position))
        case .cash(let amount, let symbol):
            try accounts[place].addCash(amount)
            append(record, .cash(account: account, amount: amount, symbol: symbol))
        case .pending(let amount?):
            try accounts[place].addPending(amount)
            append(record, .cash(account: account, amount: amount, symbol: "Pending activity"))
        case .pending(nil): append(record, .ignored("pending activity without an amount"))
        case .linkedAccount:
            warn(record, "a linked brokerage account: its holdings count under its own number, which must be in a file")
            append(record, .ignored("linked brokerage account"))
        case .total: append(record, .ignored("total line"))
        }
    }

    func document(layout: String, stamp: FileStamp, lineCount: Int) -> ImportDocument {
        var warnings = warnings
        var snapshots: [AccountSnapshot] = []
        for account in accounts {
            if let line = account.refusedLine ?? orphanLine {
                let text =
                    "account \(account.masked) is not imported: its rows are not complete while this line is refused"
                warnings.append(ImportWarning(line: line, text: text))
            } else {
                snapshots.append(account.snapshot(asOf: asOf))
            }
        }
        if accounts.isEmpty { warnings.append(ImportWarning(line: 1, text: "the file holds no account")) }
        return ImportDocument(
            layout: layout, asOf: stamp.instant, asOfDate: stamp.date, asOfSource: stamp.source, lineCount: lineCount,
            rows: rows, snapshots: snapshots, warnings: warnings)
    }

    private mutating func place(of account: String) -> Int {
        if let place = byNumber[account] { return place }
        byNumber[account] = accounts.count
        accounts.append(AccountHoldings(number: account))
        return accounts.count - 1
    }

    private mutating func append(_ record: SheetRecord, _ content: ImportRow.Content) {
        rows.append(ImportRow(firstLine: record.firstLine, lastLine: record.lastLine, content: content))
    }
}
