import GRDB
import PortfolioModel

extension Account: StoredRow {
    static let table = TableShape(
        "account", key: ["id"],
        values: ["broker", "number", "name", "tax_status", "currency", "state", "as_of"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(id, key.broker, key.number, name, taxStatus.rawValue, currency, state.rawValue, asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            id: try reader.account("id"), key: AccountKey(try reader.broker("broker"), try reader.text("number")),
            name: try reader.textIfAny("name"), taxStatus: try reader.word("tax_status"),
            currency: try reader.currency("currency"), state: try reader.word("state"),
            asOf: try reader.timeIfAny("as_of"))
    }

    /// Writes the account by difference and keeps its broker's next ordinal ahead of it.
    func save(_ writer: RowWriter) throws {
        try writer.upsert(self)
        guard let ordinal = id.text.split(separator: "-").last.flatMap({ Int($0) }) else { return }
        let next = try writer.db.cachedStatement(
            sql: """
                INSERT INTO account_ordinal(broker, next) VALUES (?, ?)
                ON CONFLICT(broker) DO UPDATE SET next = excluded.next WHERE next < excluded.next
                """)
        try next.execute(arguments: [key.broker.name, ordinal + 1])
    }
}

extension Balance: StoredRow {
    static let table = TableShape(
        "balance", key: ["account", "currency"],
        values: ["cash", "settled_cash", "pending_cash", "accrued_interest", "as_of"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(key.account, key.currency, cash, settledCash, pendingCash, accruedInterest, asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            key: Key(try reader.account(), try reader.currency("currency")), cash: try reader.decimal("cash"),
            settledCash: try reader.decimalIfAny("settled_cash"), pendingCash: try reader.decimalIfAny("pending_cash"),
            accruedInterest: try reader.decimalIfAny("accrued_interest"), asOf: try reader.time("as_of"))
    }
}

extension AccountFigures: StoredRow {
    static let table = TableShape(
        "account_figures", key: ["account"],
        values: [
            "net_liquidation", "equity_buying_power", "derivative_buying_power", "used_derivative_buying_power",
            "initial_margin", "maintenance_margin", "is_pattern_day_trader", "as_of",
        ])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            account, netLiquidation, equityBuyingPower, derivativeBuyingPower, usedDerivativeBuyingPower,
            initialMargin, maintenanceMargin, isPatternDayTrader, asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(account: try reader.account(), asOf: try reader.time("as_of"))
        netLiquidation = try reader.decimalIfAny("net_liquidation")
        equityBuyingPower = try reader.decimalIfAny("equity_buying_power")
        derivativeBuyingPower = try reader.decimalIfAny("derivative_buying_power")
        usedDerivativeBuyingPower = try reader.decimalIfAny("used_derivative_buying_power")
        initialMargin = try reader.decimalIfAny("initial_margin")
        maintenanceMargin = try reader.decimalIfAny("maintenance_margin")
        isPatternDayTrader = try reader.flagIfAny("is_pattern_day_trader")
    }
}
