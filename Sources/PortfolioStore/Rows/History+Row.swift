import GRDB
import PortfolioModel

extension DailyPrice: StoredRow {
    static let table = TableShape(
        "daily_price", key: ["instrument", "date", "source"], values: ["open", "close", "as_of"])

    func bind(to columns: inout ColumnBinder) { columns.bind(instrument, date, source, open, close, asOf) }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            instrument: try reader.instrument(), date: try reader.date("date"), open: try reader.decimalIfAny("open"),
            close: try reader.decimal("close"), source: try reader.text("source"), asOf: try reader.time("as_of"))
    }
}

extension DailyFXRate: StoredRow {
    static let table = TableShape(
        "fx_history", key: ["date", "base", "quote", "source"], values: ["rate", "as_of"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(date, rate.base, rate.quote, rate.source, rate.rate, rate.asOf)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            date: try reader.date("date"),
            rate: FXRate(
                base: try reader.currency("base"), quote: try reader.currency("quote"),
                rate: try reader.decimal("rate"), asOf: try reader.time("as_of"), source: try reader.text("source")))
    }
}

extension ValuationEdge: StoredRow {
    static let table = TableShape(
        "valuation_edge", key: ["account", "instrument", "at", "kind"],
        values: [
            "quantity", "mark", "underlying_price", "volatility", "delta", "gamma", "theta", "vega", "rho", "fx",
            "state", "as_of", "greeks_source", "average_open_price",
        ])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            position.account, position.instrument, at, kind.rawValue, quantity, mark, underlyingPrice, volatility,
            delta, gamma, theta, vega, rho, fx, state.rawValue, asOf, greeksSource, averageOpenPrice)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            position: try reader.positionKey(), at: try reader.time("at"), kind: try reader.word("kind"),
            quantity: try reader.decimal("quantity"), state: try reader.word("state"),
            asOf: try reader.time("as_of"), greeksSource: try reader.text("greeks_source"))
        mark = try reader.decimalIfAny("mark")
        underlyingPrice = try reader.decimalIfAny("underlying_price")
        volatility = try reader.doubleIfAny("volatility")
        delta = try reader.doubleIfAny("delta")
        gamma = try reader.doubleIfAny("gamma")
        theta = try reader.doubleIfAny("theta")
        vega = try reader.doubleIfAny("vega")
        rho = try reader.doubleIfAny("rho")
        fx = try reader.decimalIfAny("fx")
        averageOpenPrice = try reader.decimalIfAny("average_open_price")
    }
}
