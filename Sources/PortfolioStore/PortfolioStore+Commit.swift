import GRDB
import Logging
package import PortfolioModel

extension PortfolioStore {
    /// Writes updates in one transaction, with the number of the last one. Updates already written are passed over, so
    /// that the same ones may be offered again after any failure. Numbers may skip: updates with nothing to keep
    /// (market data, by the thousand a second) are not offered. Throws `.refused` for numbers that do not grow.
    package func commit(_ updates: [PortfolioUpdate]) throws(StoreError) {
        try write { db in
            let written = UInt64(try Int64.fetchOne(db, sql: "SELECT sequence FROM watermark") ?? 0)
            let writer = RowWriter(db)
            var last: PortfolioUpdate?
            for update in updates where update.sequence > written {
                if let last, update.sequence <= last.sequence {
                    throw StoreError(
                        .refused, "update \(update.sequence) comes after \(last.sequence)",
                        fix: "offer updates oldest first")
                }
                for change in update.changes where change.isKept { try apply(change, of: update, writer) }
                last = update
            }
            guard let last else { return }
            try db.execute(
                sql: "UPDATE watermark SET sequence = ?, at = ?",
                arguments: [Int64(last.sequence), last.at.microseconds])
        }
    }

    private func apply(_ change: BookChange, of update: PortfolioUpdate, _ writer: RowWriter) throws {
        switch change {
        case .instrument(let instrument): try instrument.save(writer)
        case .account(let account): try account.save(writer)
        case .position(let position): try writer.upsert(position)
        case .positionClosed(let key):
            try writer.db.cachedStatement(sql: "DELETE FROM position WHERE account = ? AND instrument = ?")
                .execute(arguments: [key.account.text, key.instrument.raw])
        case .balance(let balance): try writer.upsert(balance)
        case .balanceClosed(let key):
            try writer.db.cachedStatement(sql: "DELETE FROM balance WHERE account = ? AND currency = ?")
                .execute(arguments: [key.account.text, key.currency.code])
        case .figures(let figures): try writer.upsert(figures)
        case .rate(let rate): try writer.upsert(rate)
        case .broker(let status): try writer.upsert(status)
        case .transaction(let transaction): try append(transaction, writer)
        case .prices(let prices): for price in prices { try writer.upsert(price) }
        case .imported(let batch): try ImportRows.save(batch, sequence: update.sequence, writer.db)
        case .market, .marketRestored, .feedSilent, .earlierRates: break
        }
    }

    /// The first reading of a record stays; a later one that says otherwise is reported, not taken. Only an order that
    /// the first one did not state is filled in.
    private func append(_ transaction: Transaction, _ writer: RowWriter) throws {
        if try writer.insertIfAbsent(transaction) { return }
        let known = try Transaction.fetch(
            writer.db, "WHERE account = ? AND external_id = ?", [transaction.account, transaction.externalID])
        guard let first = known.first else { return }
        if first.orderID == nil { try transaction.completeOrder(writer.db) }
        if !first.agrees(with: transaction) {
            logger.warning(
                "a broker changed a past transaction; the first reading is kept",
                metadata: ["account": "\(transaction.account)", "transaction": "\(transaction.externalID)"])
        }
    }
}

extension BookChange {
    /// Whether `commit` writes it. Markets are sampled by `saveMarkets` instead.
    fileprivate var isKept: Bool {
        switch self {
        case .market, .marketRestored, .feedSilent, .earlierRates: false
        default: true
        }
    }
}
