import GRDB
import PortfolioModel

/// Rates of several sources side by side, and what risk figures are computed from and kept as: daily prices, exchange
/// rates by day, valuation edges, results.
extension StoreSchema {
    @Sendable
    static func addMarketHistory(_ db: Database, _ origin: Origin) throws {
        for sql in [rateTables, priceTables, edgeTables] { try db.execute(sql: sql) }
        for table in ["daily_price", "fx_history", "valuation_edge", "risk_result"] {
            try db.execute(sql: forbid("DELETE", on: table))
        }
        for table in ["valuation_edge", "risk_result"] { try db.execute(sql: forbid("UPDATE", on: table)) }
    }

    private static let rateTables = """
        CREATE TABLE fx_rate_by_source(
            \(currency("base")), \(currency("quote")), source TEXT NOT NULL, \(positive("rate", "NOT NULL")),
            as_of INTEGER NOT NULL, PRIMARY KEY (base, quote, source), CHECK (base <> quote)) STRICT, WITHOUT ROWID;
        INSERT INTO fx_rate_by_source SELECT base, quote, source, rate, as_of FROM fx_rate;
        DROP TABLE fx_rate;
        ALTER TABLE fx_rate_by_source RENAME TO fx_rate;
        CREATE TABLE fx_history(
            \(date("date", "NOT NULL")), \(currency("base")), \(currency("quote")), source TEXT NOT NULL,
            \(positive("rate", "NOT NULL")), as_of INTEGER NOT NULL,
            PRIMARY KEY (base, quote, source, date), CHECK (base <> quote)) STRICT, WITHOUT ROWID;
        """

    private static let priceTables = """
        CREATE TABLE daily_price(
            \(instrument), \(date("date", "NOT NULL")), source TEXT NOT NULL CHECK (source <> ''),
            \(positive("open")), \(positive("close", "NOT NULL")), as_of INTEGER NOT NULL,
            PRIMARY KEY (instrument, date, source)) STRICT, WITHOUT ROWID;
        """

    private static let edgeTables = """
        CREATE TABLE valuation_edge(
            \(account), \(instrument), at INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('start', 'open', 'close', 'fill', 'manual')),
            \(decimal("quantity", "NOT NULL")), \(decimal("mark")), \(decimal("underlying_price")), \(greeks),
            \(positive("fx")), \(state()), as_of INTEGER NOT NULL, greeks_source TEXT NOT NULL,
            PRIMARY KEY (account, instrument, at, kind)) STRICT, WITHOUT ROWID;
        CREATE INDEX valuation_edge_by_time ON valuation_edge(at);
        CREATE TABLE risk_result(
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind <> ''),
            parameters TEXT NOT NULL CHECK (json_valid(parameters)), result TEXT NOT NULL CHECK (json_valid(result)),
            sequence INTEGER NOT NULL CHECK (sequence >= 0), at INTEGER NOT NULL) STRICT;
        CREATE INDEX risk_result_by_kind ON risk_result(kind, at);
        """
}
