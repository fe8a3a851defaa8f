import GRDB
package import PortfolioModel

extension PortfolioStore {
    /// Keeps the last known markets; rows that did not change are not written. Instruments the store does not hold yet
    /// are passed over: the next sample has them.
    package func saveMarkets(_ markets: [(InstrumentID, InstrumentMarket)]) throws(StoreError) {
        if markets.isEmpty { return }
        try write { db in
            let last = try UInt32.fetchOne(db, sql: "SELECT max(id) FROM instrument") ?? 0
            let writer = RowWriter(db)
            for (instrument, market) in markets where instrument.raw >= 1 && instrument.raw <= last {
                try writer.upsert(MarketRow(instrument: instrument, market: market))
            }
        }
    }

    /// Keeps entry Greeks: new ones are inserted, incomplete ones completed, `remaining` follows; the rest stays.
    package func saveEntryGreeks(_ entries: [EntryGreeks]) throws(StoreError) {
        if entries.isEmpty { return }
        try write { db in
            let writer = RowWriter(db)
            for entry in entries { try entry.insertOrComplete(writer) }
        }
    }

    /// By account, instrument, opening and increase.
    package func entryGreeks() throws(StoreError) -> [EntryGreeks] {
        try read { try EntryGreeks.fetch($0, "ORDER BY account, instrument, opening, increase") }
    }

    /// Keeps the day's figures. Rows of today, as New York counts it, follow; rows of a past date stay as they first
    /// were.
    package func saveDaily(
        positions: [DailyPositionSnapshot], accounts: [DailyAccountSnapshot], balances: [DailyBalance] = []
    ) throws(StoreError) {
        let today = clock.date(in: .newYork)
        try write { db in
            let writer = RowWriter(db)
            for row in positions { _ = try row.date < today ? writer.insertIfAbsent(row) : writer.upsert(row) }
            for row in accounts { _ = try row.date < today ? writer.insertIfAbsent(row) : writer.upsert(row) }
            for row in balances { _ = try row.date < today ? writer.insertIfAbsent(row) : writer.upsert(row) }
        }
    }

    /// Daily figures of positions between two dates, both inclusive, oldest first.
    package func dailyPositions(
        from start: CalendarDate, through end: CalendarDate
    ) throws(StoreError) -> [DailyPositionSnapshot] {
        try read {
            try DailyPositionSnapshot.fetch(
                $0, "WHERE date BETWEEN ? AND ? ORDER BY date, account, instrument", [start, end])
        }
    }

    /// Daily figures of accounts between two dates, both inclusive, oldest first.
    package func dailyAccounts(
        from start: CalendarDate, through end: CalendarDate
    ) throws(StoreError) -> [DailyAccountSnapshot] {
        try read {
            try DailyAccountSnapshot.fetch($0, "WHERE date BETWEEN ? AND ? ORDER BY date, account", [start, end])
        }
    }

    /// Cash by day through a date, oldest first.
    package func dailyBalances(through end: CalendarDate) throws(StoreError) -> [DailyBalance] {
        try read { try DailyBalance.fetch($0, "WHERE date <= ? ORDER BY date, account, currency", [end]) }
    }

    /// Newest first; of all accounts when `account` is nil.
    package func transactions(account: AccountID? = nil, limit: Int) throws(StoreError) -> [Transaction] {
        let order = "ORDER BY executed_at DESC, external_id DESC LIMIT ?"
        return try read { db in
            guard let account else { return try Transaction.fetch(db, order, [limit]) }
            return try Transaction.fetch(db, "WHERE account = ? \(order)", [account, limit])
        }
    }

    /// All that is kept of the history of some positions, by position and time.
    package func transactions(of positions: some Collection<PositionKey>) throws(StoreError) -> [Transaction] {
        try read { db in
            try positions.sorted().flatMap {
                try Transaction.fetch(
                    db, "WHERE account = ? AND instrument = ? ORDER BY executed_at, external_id",
                    [$0.account, $0.instrument])
            }
        }
    }
}

// MARK: - Imports

extension PortfolioStore {
    /// The latest application of a file; nil when it was never imported.
    package func `import`(sha256: String) throws(StoreError) -> ImportRecord? {
        try read { try ImportRows.records($0, where: "sha256 = ?", [sha256]).first }
    }

    /// Every application of every file, newest first.
    package func imports() throws(StoreError) -> [ImportRecord] {
        try read { try ImportRows.records($0, where: "TRUE", []) }
    }

    package func latestImport(account: AccountID) throws(StoreError) -> ImportRecord? {
        let condition = "import_run.id = (SELECT max(run) FROM import_account WHERE account = ?)"
        return try read { try ImportRows.records($0, where: condition, [account.text]).first }
    }
}
