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
            var last: PortfolioUpdate?
            for update in updates where update.sequence > written {
                if let last, update.sequence <= last.sequence {
                    throw StoreError(
                        .refused, "update \(update.sequence) comes after \(last.sequence)",
                        fix: "offer updates oldest first")
                }
                for change in update.changes where change.isKept { try apply(change, of: update, db) }
                last = update
            }
            guard let last else { return }
            try db.execute(
                sql: "UPDATE watermark SET sequence = ?, at = ?",
                arguments: [Int64(last.sequence), last.at.microseconds])
        }
    }

    private func apply(_ change: BookChange, of update: PortfolioUpdate, _ db: Database) throws {
        switch change {
        case .instrument(let instrument): try instrument.save(db)
        case .account(let account): try account.save(db)
        case .position(let position): try position.upsert(db)
        case .positionClosed(let key):
            try db.cachedStatement(sql: "DELETE FROM position WHERE account = ? AND instrument = ?")
                .execute(arguments: [key.account.text, key.instrument.raw])
        case .balance(let balance): try balance.upsert(db)
        case .balanceClosed(let key):
            try db.cachedStatement(sql: "DELETE FROM balance WHERE account = ? AND currency = ?")
                .execute(arguments: [key.account.text, key.currency.code])
        case .figures(let figures): try figures.upsert(db)
        case .rate(let rate): try rate.upsert(db)
        case .broker(let status): try status.upsert(db)
        case .transaction(let transaction): try append(transaction, db)
        case .prices(let prices): for price in prices { try price.upsert(db) }
        case .imported(let batch): try ImportRows.save(batch, sequence: update.sequence, db)
        case .market, .marketRestored, .feedSilent, .earlierRates: break
        }
    }

    /// The first reading of a record stays; a later one that says otherwise is reported, not taken.
    private func append(_ transaction: Transaction, _ db: Database) throws {
        if try transaction.insertIfAbsent(db) { return }
        let known = try Transaction.fetch(
            db, "WHERE account = ? AND external_id = ?", [transaction.account, transaction.externalID])
        if let first = known.first, !first.agrees(with: transaction) {
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
