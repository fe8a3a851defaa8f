import GRDB
import PortfolioModel

extension DailyPositionSnapshot: StoredRow {
    static let table = TableShape(
        "daily_position", key: ["date", "account", "instrument"],
        values: [
            "quantity", "mark", "market_value", "underlying_price", "delta", "gamma", "theta", "vega", "rho",
            "volatility", "state", "as_of",
        ])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            date, position.account, position.instrument, quantity, mark, marketValue, underlyingPrice, delta, gamma,
            theta, vega, rho, volatility, state.rawValue, asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            date: try reader.date("date"), position: try reader.positionKey(), quantity: try reader.decimal("quantity"),
            state: try reader.word("state"), asOf: try reader.time("as_of"))
        mark = try reader.decimalIfAny("mark")
        marketValue = try reader.decimalIfAny("market_value")
        underlyingPrice = try reader.decimalIfAny("underlying_price")
        delta = try reader.doubleIfAny("delta")
        gamma = try reader.doubleIfAny("gamma")
        theta = try reader.doubleIfAny("theta")
        vega = try reader.doubleIfAny("vega")
        rho = try reader.doubleIfAny("rho")
        volatility = try reader.doubleIfAny("volatility")
    }
}

extension DailyBalance: StoredRow {
    static let table = TableShape(
        "daily_balance", key: ["date", "account", "currency"], values: ["cash", "fx", "state", "at"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(date, key.account, key.currency, cash, fx, state.rawValue, at)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            date: try reader.date("date"), key: .init(try reader.account(), try reader.currency("currency")),
            cash: try reader.decimal("cash"), fx: try reader.decimalIfAny("fx"), state: try reader.word("state"),
            at: try reader.time("at"))
    }
}

extension DailyAccountSnapshot: StoredRow {
    static let table = TableShape(
        "daily_account", key: ["date", "account"],
        values: ["currency", "net_liquidation", "broker_net_liquidation", "cash", "day_pnl", "state", "as_of"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(date, account, currency, netLiquidation, brokerNetLiquidation, cash, dayPnL, state.rawValue, asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            date: try reader.date("date"), account: try reader.account(), currency: try reader.currency("currency"),
            state: try reader.word("state"), asOf: try reader.time("as_of"))
        netLiquidation = try reader.decimalIfAny("net_liquidation")
        brokerNetLiquidation = try reader.decimalIfAny("broker_net_liquidation")
        cash = try reader.decimalIfAny("cash")
        dayPnL = try reader.decimalIfAny("day_pnl")
    }
}
