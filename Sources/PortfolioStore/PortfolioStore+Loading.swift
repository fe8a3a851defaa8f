import GRDB
package import PortfolioModel

extension PortfolioStore {
    /// Everything stored, in an order in which `Book.restore` takes it. Markets come back as not live.
    ///
    /// A store keeps entry rates in the base currency it began with; another one is `.refused`.
    package func loadBook(base: Currency) throws(StoreError) -> StoredBook {
        try settle(base)
        return try read { db in
            var changes = try Instrument.fetchAll(db).map { BookChange.instrument($0) }
            let accounts = try Account.fetch(db).sorted { $0.id < $1.id }
            changes += accounts.map { .account($0) }
            changes += try Position.fetch(db).sorted { $0.key < $1.key }.map { .position($0) }
            changes += try Balance.fetch(db).sorted { $0.key < $1.key }.map { .balance($0) }
            changes += try AccountFigures.fetch(db).sorted { $0.account < $1.account }.map { .figures($0) }
            // Configured rates are the configuration's to say, which may have dropped one.
            changes += try FXRate.fetch(
                db, "WHERE source <> ? ORDER BY base, quote, source", [FXRate.configurationSource]
            ).map { .rate($0) }
            let earlier = try Self.recentRates(db)
            if !earlier.isEmpty { changes.append(.earlierRates(earlier)) }
            changes += try BrokerStatus.fetch(db, "ORDER BY broker").map { .broker($0) }
            changes += try MarketRow.fetch(db, "ORDER BY instrument").map { .marketRestored($0.instrument, $0.market) }
            let mark = try Row.fetchOne(db, sql: "SELECT sequence, at FROM watermark")
            let sequence: Int64 = mark?["sequence"] ?? 0
            let at: Int64? = mark?["at"]
            return StoredBook(
                changes: changes, sequence: UInt64(sequence), updatedAt: at.map { Timestamp(microseconds: $0) },
                confirmedAccounts: accounts.filter { $0.state == .confirmed }.map(\.id))
        }
    }

    /// Each source's rates of its latest days. Of configured ones too: what an earlier day was counted with stays.
    private static func recentRates(_ db: Database) throws -> [FXRate] {
        try FXRate.fetch(db, "ORDER BY base, quote, source").flatMap { rate in
            try DailyFXRate.fetch(
                db, "WHERE base = ? AND quote = ? AND source = ? ORDER BY date DESC LIMIT \(RecentRates.days)",
                [rate.base, rate.quote, rate.source]
            ).map(\.rate)
        }
    }

    /// Keeps the base currency of a new store and holds a later one to it.
    private func settle(_ base: Currency) throws(StoreError) {
        let known = try read { try String.fetchOne($0, sql: "SELECT base_currency FROM meta") }
        if let known, known != base.code {
            throw StoreError(
                .refused, "the store was begun in \(known), not in \(base): entry rates are kept in its base currency",
                path: path, fix: "set the base currency back to \(known), or begin another store")
        }
        if known == nil, !isReadOnly {
            try write { try $0.execute(sql: "UPDATE meta SET base_currency = ?", arguments: [base.code]) }
        }
    }

    /// The number each broker's next account takes.
    package func nextAccountOrdinals() throws(StoreError) -> [BrokerID: Int] {
        try read { db in
            var result: [BrokerID: Int] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT broker, next FROM account_ordinal") {
                let reader = RowReader(row, of: "account_ordinal")
                result[try reader.broker("broker")] = try reader.integer("next")
            }
            return result
        }
    }
}
