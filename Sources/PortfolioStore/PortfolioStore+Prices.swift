import GRDB
package import PortfolioModel

/// How far the daily prices of one instrument reach.
package struct PriceCoverage: Sendable, Hashable {
    package var instrument: InstrumentID
    package var source: String
    /// Days with a close.
    package var days: Int
    package var first: CalendarDate
    package var last: CalendarDate
}

extension PortfolioStore {
    /// Keeps daily prices, all or none; those that are there already and say the same are not written. Returns how many
    /// were. Prices of instruments that the store does not hold are `.refused`.
    @discardableResult
    package func savePrices(_ prices: [DailyPrice]) throws(StoreError) -> Int {
        if prices.isEmpty { return 0 }
        return try write { db in
            let writer = RowWriter(db)
            return try prices.reduce(0) { try writer.upsert($1) ? $0 + 1 : $0 }
        }
    }

    /// Every source's prices of some instruments between two dates, both inclusive; of all instruments when `ids` is
    /// nil.
    package func prices(
        of ids: Set<InstrumentID>? = nil, from start: CalendarDate, through end: CalendarDate
    ) throws(StoreError) -> [DailyPrice] {
        try read { db in
            guard let ids else { return try DailyPrice.fetch(db, "WHERE date BETWEEN ? AND ?", [start, end]) }
            return try ids.sorted().flatMap {
                try DailyPrice.fetch(db, "WHERE instrument = ? AND date BETWEEN ? AND ?", [$0, start, end])
            }
        }
    }

    /// The best close of each day.
    package func priceHistory(
        of ids: Set<InstrumentID>? = nil, from start: CalendarDate, through end: CalendarDate
    ) throws(StoreError) -> PriceHistory {
        PriceHistory(try prices(of: ids, from: start, through: end))
    }

    /// What is held, by instrument and source.
    package func priceCoverage() throws(StoreError) -> [PriceCoverage] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT instrument, source, count(*) AS days, min(date) AS first, max(date) AS last
                    FROM daily_price GROUP BY instrument, source ORDER BY instrument, source
                    """)
            return try rows.map { row in
                let reader = RowReader(row, of: "daily_price")
                return PriceCoverage(
                    instrument: try reader.instrument(), source: try reader.text("source"),
                    days: try reader.integer("days"), first: try reader.date("first"), last: try reader.date("last"))
            }
        }
    }
}

// MARK: - Exchange rates

extension PortfolioStore {
    /// Keeps exchange rates by day, all or none. Returns how many were new or different.
    @discardableResult
    package func saveRates(_ rates: [DailyFXRate]) throws(StoreError) -> Int {
        if rates.isEmpty { return 0 }
        return try write { db in
            let writer = RowWriter(db)
            return try rates.reduce(0) { try writer.upsert($1) ? $0 + 1 : $0 }
        }
    }

    /// Every source's rates between two dates, both inclusive.
    package func rates(from start: CalendarDate, through end: CalendarDate) throws(StoreError) -> [DailyFXRate] {
        try read { try DailyFXRate.fetch($0, "WHERE date BETWEEN ? AND ?", [start, end]) }
    }

    /// Each source's last rate of each pair on or before a date.
    package func rates(latestOn date: CalendarDate) throws(StoreError) -> [DailyFXRate] {
        try read {
            try DailyFXRate.fetch(
                $0,
                """
                WHERE (base, quote, source, date) IN (
                    SELECT base, quote, source, max(date) FROM fx_history WHERE date <= ? GROUP BY base, quote, source)
                ORDER BY base, quote, source
                """, [date])
        }
    }
}
