import BrokerKit
import PortfolioModel
import Supervision

extension ImportReportDocument {
    /// A report of a file as read and compared with the book. `sequence` is the book's after the outcome.
    init(
        outcome: Outcome, broker: BrokerID, fileName: String, sha256: String, document: ImportDocument,
        preview: ImportPreview, accounts: [AccountKey: AccountID], sequence: UInt64, options: DocumentOptions
    ) {
        func reference(_ key: AccountKey) -> AccountReference {
            AccountReference(key, id: accounts[key], options)
        }
        self.init(
            sequence: sequence, broker: broker.name, outcome: outcome, file: fileName, sha256: sha256,
            layout: document.layout, asOf: document.asOf, asOfSource: document.asOfSource, lines: document.lineCount,
            rows: preview.rows.map { row in
                Row(
                    lines: [row.firstLine, row.lastLine], outcome: row.outcome.rawValue, reason: row.reason,
                    account: row.account.map(reference), field: row.field, symbol: row.symbol, quantity: row.quantity,
                    held: row.held)
            },
            closing: preview.closing.map {
                ClosingItem(account: reference($0.account), symbol: $0.symbol, quantity: $0.quantity)
            },
            closingCash: preview.closingCash.map {
                ClosingCash(account: reference($0.account), cash: MoneyDocument($0.cash, $0.currency))
            },
            warnings: document.warnings.map { WarningItem(line: $0.line, text: $0.text) },
            counts: Counts(
                new: preview.count(.new), changed: preview.count(.changed), unchanged: preview.count(.unchanged),
                duplicate: preview.count(.duplicate), refused: preview.count(.refused),
                ignored: preview.count(.ignored)))
    }
}
