import GRDB
import PortfolioModel

/// The first schema, as it was released; later steps use its words for columns, which therefore never change. Decimals
/// are exact text, instants microseconds in UTC, dates `YYYY-MM-DD`.
extension StoreSchema {
    @Sendable
    static func createFirstSchema(_ db: Database, _ origin: Origin) throws {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        for sql in [metaTables, instrumentTables, holdingTables, marketTables, historyTables, importTables] {
            try db.execute(sql: sql)
        }
        for table in ["account_transaction", "import_batch", "import_run", "import_account"] + importRowTables {
            try db.execute(sql: forbid("UPDATE", on: table) + forbid("DELETE", on: table))
        }
        for table in ["instrument", "account", "entry_greeks", "daily_position", "daily_account"] {
            try db.execute(sql: forbid("DELETE", on: table))
        }
        try db.execute(sql: entryGreeksGuard)
        try db.execute(
            sql: "INSERT INTO meta(id, stamp, created_at) VALUES (1, ?, ?)",
            arguments: [origin.stamp.rawValue, origin.createdAt.microseconds])
        try db.execute(sql: "INSERT INTO watermark(id, sequence) VALUES (1, 0)")
    }

    private static let importRowTables = ["import_position", "import_balance"]

    static func forbid(_ verb: String, on table: String) -> String {
        """
        CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(table) takes no \(verb)'); END;
        """
    }

    /// An exact decimal. NULL passes unless the column forbids it.
    static func decimal(_ column: String, _ rule: String = "") -> String {
        "\(column) TEXT \(rule) CHECK (\(column) GLOB '[-0-9]*' AND \(column) NOT GLOB '*[^-.0-9]*')"
    }

    static func positive(_ column: String, _ rule: String = "") -> String {
        decimal(column, rule) + " CHECK (\(column) NOT GLOB '-*' AND \(column) <> '0')"
    }

    static func date(_ column: String, _ rule: String = "") -> String {
        "\(column) TEXT \(rule) CHECK (\(column) GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')"
    }

    static func currency(_ column: String = "currency", _ rule: String = "NOT NULL") -> String {
        "\(column) TEXT \(rule) CHECK (length(\(column)) BETWEEN 3 AND 5 AND \(column) NOT GLOB '*[^A-Z]*')"
    }

    static func state(_ column: String = "state") -> String {
        "\(column) TEXT NOT NULL CHECK (\(column) IN ('confirmed', 'stale', 'unknown'))"
    }

    static let account = "account TEXT NOT NULL REFERENCES account(id)"
    static let instrument =
        "instrument INTEGER NOT NULL REFERENCES instrument(id) DEFERRABLE INITIALLY DEFERRED"
    static let greeks = "volatility REAL, delta REAL, gamma REAL, theta REAL, vega REAL, rho REAL"

    private static let metaTables = """
        CREATE TABLE meta(
            id INTEGER PRIMARY KEY CHECK (id = 1), stamp TEXT NOT NULL CHECK (stamp IN ('sandbox', 'production')),
            created_at INTEGER NOT NULL, \(currency("base_currency", ""))) STRICT;
        CREATE TABLE watermark(
            id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL CHECK (sequence >= 0), at INTEGER) STRICT;
        CREATE TABLE account_ordinal(broker TEXT PRIMARY KEY, next INTEGER NOT NULL CHECK (next >= 1)) STRICT;
        """

    private static let instrumentTables = """
        CREATE TABLE instrument(
            id INTEGER PRIMARY KEY CHECK (id >= 1), kind TEXT NOT NULL, kind_is_certain INTEGER NOT NULL,
            symbol TEXT NOT NULL CHECK (symbol <> ''), \(currency()), listing TEXT NOT NULL, name TEXT,
            underlying INTEGER REFERENCES instrument(id) DEFERRABLE INITIALLY DEFERRED,
            contract_underlying TEXT, root TEXT, \(date("expiry")), \(decimal("strike")),
            option_right TEXT CHECK (option_right IN ('call', 'put')),
            exercise_style TEXT CHECK (exercise_style IN ('american', 'european')), settlement TEXT,
            \(positive("premium_multiplier")), \(positive("lot_size")),
            deliverables TEXT CHECK (deliverables IS NULL OR json_valid(deliverables)),
            CHECK ((contract_underlying IS NULL) = (root IS NULL) AND (root IS NULL) = (expiry IS NULL)
                AND (root IS NULL) = (premium_multiplier IS NULL) AND (root IS NULL) = (lot_size IS NULL)),
            CHECK ((strike IS NULL) = (option_right IS NULL))) STRICT;
        CREATE TABLE identifier(
            \(instrument), place INTEGER NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL CHECK (value <> ''),
            \(date("valid_from")), \(date("valid_through")), PRIMARY KEY (instrument, place)) STRICT, WITHOUT ROWID;
        CREATE INDEX identifier_by_value ON identifier(scheme, value);
        """

    private static let holdingTables = """
        CREATE TABLE account(
            id TEXT PRIMARY KEY CHECK (id <> ''), broker TEXT NOT NULL, number TEXT NOT NULL, name TEXT,
            tax_status TEXT NOT NULL, \(currency()), \(state()), as_of INTEGER, UNIQUE (broker, number)) STRICT;
        CREATE TABLE position(
            \(account), \(instrument), \(holdingColumns), \(date("today_date")),
            today_fills TEXT NOT NULL CHECK (json_valid(today_fills)), \(decimal("today_cash", "NOT NULL")),
            as_of INTEGER NOT NULL, PRIMARY KEY (account, instrument)) STRICT, WITHOUT ROWID;
        CREATE TABLE balance(
            \(account), \(currency()), \(cashColumns), as_of INTEGER NOT NULL,
            PRIMARY KEY (account, currency)) STRICT, WITHOUT ROWID;
        CREATE TABLE account_figures(
            account TEXT PRIMARY KEY REFERENCES account(id), \(decimal("net_liquidation")),
            \(decimal("equity_buying_power")), \(decimal("derivative_buying_power")),
            \(decimal("used_derivative_buying_power")), \(decimal("initial_margin")),
            \(decimal("maintenance_margin")), is_pattern_day_trader INTEGER, as_of INTEGER NOT NULL) STRICT;
        """

    private static let holdingColumns = """
        \(decimal("quantity", "NOT NULL")), \(decimal("average_open_price")), \(decimal("cost_basis")),
            includes_fees INTEGER NOT NULL, basis_source TEXT NOT NULL, \(decimal("prior_settlement")),
            \(decimal("broker_mark")), broker_mark_as_of INTEGER, \(decimal("realized_today"))
        """

    private static let cashColumns = """
        \(decimal("cash", "NOT NULL")), \(decimal("settled_cash")), \(decimal("pending_cash")),
            \(decimal("accrued_interest"))
        """

    private static let marketTables = """
        CREATE TABLE market(
            instrument INTEGER PRIMARY KEY REFERENCES instrument(id), \(decimal("bid")), \(decimal("ask")),
            quote_at INTEGER, \(decimal("last")), last_at INTEGER, \(decimal("close")), \(decimal("previous_close")),
            greeks_at INTEGER, model_price REAL, \(greeks), is_halted INTEGER, beta REAL, dividend REAL,
            \(date("ex_dividend")), source TEXT, updated_at INTEGER,
            CHECK ((last IS NULL) = (last_at IS NULL))) STRICT;
        CREATE TABLE fx_rate(
            \(currency("base")), \(currency("quote")), \(positive("rate", "NOT NULL")), as_of INTEGER NOT NULL,
            source TEXT NOT NULL, PRIMARY KEY (base, quote), CHECK (base <> quote)) STRICT, WITHOUT ROWID;
        CREATE TABLE broker_status(
            broker TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL, last_good_at INTEGER, message TEXT,
            streams TEXT NOT NULL CHECK (json_valid(streams))) STRICT;
        """

    private static let historyTables = """
        CREATE TABLE account_transaction(
            \(account), external_id TEXT NOT NULL CHECK (external_id <> ''), type TEXT NOT NULL, subtype TEXT NOT NULL,
            description TEXT NOT NULL, instrument INTEGER REFERENCES instrument(id) DEFERRABLE INITIALLY DEFERRED,
            \(decimal("quantity")), \(decimal("price")), \(decimal("net_cash", "NOT NULL")),
            \(decimal("fees", "NOT NULL")), \(currency()), executed_at INTEGER NOT NULL,
            \(date("trade_date", "NOT NULL")), received_at INTEGER NOT NULL, UNIQUE (account, external_id)) STRICT;
        CREATE INDEX account_transaction_by_time ON account_transaction(account, executed_at);
        CREATE TABLE entry_greeks(
            \(account), \(instrument), opening INTEGER NOT NULL CHECK (opening >= 1),
            increase INTEGER NOT NULL CHECK (increase >= 1), \(decimal("quantity", "NOT NULL")),
            \(decimal("remaining", "NOT NULL")), occasion TEXT NOT NULL CHECK (occasion IN ('fill', 'firstSight')),
            at INTEGER NOT NULL, delay REAL, \(decimal("mark")), \(decimal("underlying_price")), \(greeks),
            \(positive("fx")), source TEXT NOT NULL,
            PRIMARY KEY (account, instrument, opening, increase)) STRICT, WITHOUT ROWID;
        CREATE TABLE daily_position(
            \(date("date", "NOT NULL")), \(account), \(instrument), \(decimal("quantity", "NOT NULL")),
            \(decimal("mark")), \(decimal("market_value")), \(decimal("underlying_price")), \(greeks), \(state()),
            as_of INTEGER NOT NULL, PRIMARY KEY (date, account, instrument)) STRICT, WITHOUT ROWID;
        CREATE TABLE daily_account(
            \(date("date", "NOT NULL")), \(account), \(currency()), \(decimal("net_liquidation")),
            \(decimal("broker_net_liquidation")), \(decimal("cash")), \(decimal("day_pnl")), \(state()),
            as_of INTEGER NOT NULL, PRIMARY KEY (date, account)) STRICT, WITHOUT ROWID;
        """

    /// A file's bytes are kept once; each application of it is a run with its own rows and their hash.
    private static let importTables = """
        CREATE TABLE import_batch(
            sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
            broker TEXT NOT NULL, file_name TEXT NOT NULL, layout TEXT NOT NULL, as_of INTEGER NOT NULL,
            bytes BLOB NOT NULL) STRICT;
        CREATE TABLE import_run(
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES import_batch(sha256), imported_at INTEGER NOT NULL,
            sequence INTEGER NOT NULL, rows_hash TEXT NOT NULL CHECK (length(rows_hash) = 64)) STRICT;
        CREATE TABLE import_account(
            run INTEGER NOT NULL REFERENCES import_run(id), \(account),
            PRIMARY KEY (run, account)) STRICT, WITHOUT ROWID;
        CREATE TABLE import_position(
            run INTEGER NOT NULL REFERENCES import_run(id), \(account), \(instrument), \(holdingColumns),
            as_of INTEGER NOT NULL, PRIMARY KEY (run, account, instrument)) STRICT, WITHOUT ROWID;
        CREATE TABLE import_balance(
            run INTEGER NOT NULL REFERENCES import_run(id), \(account), \(currency()), \(cashColumns),
            as_of INTEGER NOT NULL, PRIMARY KEY (run, account, currency)) STRICT, WITHOUT ROWID;
        """

    /// Entry Greeks may be completed where they are NULL, and `remaining` may change; nothing else ever does.
    private static let entryGreeksGuard: String = {
        let completed = [
            "delay", "mark", "underlying_price", "volatility", "delta", "gamma", "theta", "vega", "rho", "fx",
        ]
        let fixed = ["account", "instrument", "opening", "increase", "quantity", "occasion", "at"]
        let rules =
            fixed.map { "NEW.\($0) IS NOT OLD.\($0)" }
            + completed.map { "(OLD.\($0) IS NOT NULL AND NEW.\($0) IS NOT OLD.\($0))" }
            + completed.map { "(OLD.delay IS NOT NULL AND NEW.\($0) IS NOT OLD.\($0))" }
            + ["(OLD.delay IS NOT NULL AND NEW.source IS NOT OLD.source)"]
        return """
            CREATE TRIGGER entry_greeks_once BEFORE UPDATE ON entry_greeks WHEN \(rules.joined(separator: " OR "))
            BEGIN SELECT RAISE(ABORT, 'entry_greeks are written once'); END;
            """
    }()
}
