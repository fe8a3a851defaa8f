import GRDB
import PortfolioModel

/// What attribution lacked: cash by day and currency, and at which average price a position stood at its edges.
extension StoreSchema {
    @Sendable
    static func addAttribution(_ db: Database, _ origin: Origin) throws {
        try db.execute(
            sql: """
                CREATE TABLE daily_balance(
                    \(date("date", "NOT NULL")), \(account), \(currency()), \(decimal("cash", "NOT NULL")),
                    \(positive("fx")), \(state()), at INTEGER NOT NULL,
                    PRIMARY KEY (date, account, currency)) STRICT, WITHOUT ROWID;
                ALTER TABLE valuation_edge ADD COLUMN \(decimal("average_open_price"));
                """ + forbid("DELETE", on: "daily_balance"))
    }
}
