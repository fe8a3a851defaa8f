import GRDB
import PortfolioModel

extension EntryGreeks: StoredRow {
    private static let completed = [
        "delay", "mark", "underlying_price", "volatility", "delta", "gamma", "theta", "vega", "rho", "fx",
    ]

    static let table = TableShape(
        "entry_greeks", key: ["account", "instrument", "opening", "increase"],
        values: ["quantity", "remaining", "occasion", "at"] + completed + ["source"])

    func bind(to columns: inout ColumnBinder) {
        columns.bind(
            position.account, position.instrument, opening, increase, quantity, remaining, occasion.rawValue, at,
            delay, mark, underlyingPrice, volatility, delta, gamma, theta, vega, rho, fx, source)
    }

    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            position: try reader.positionKey(), opening: try reader.integer("opening"),
            increase: try reader.integer("increase"), quantity: try reader.decimal("quantity"),
            remaining: try reader.decimal("remaining"), occasion: try reader.word("occasion"),
            at: try reader.time("at"), source: try reader.text("source"))
        delay = try reader.doubleIfAny("delay")
        mark = try reader.decimalIfAny("mark")
        underlyingPrice = try reader.decimalIfAny("underlying_price")
        volatility = try reader.doubleIfAny("volatility")
        delta = try reader.doubleIfAny("delta")
        gamma = try reader.doubleIfAny("gamma")
        theta = try reader.doubleIfAny("theta")
        vega = try reader.doubleIfAny("vega")
        rho = try reader.doubleIfAny("rho")
        fx = try reader.decimalIfAny("fx")
    }

    /// Inserts the entry; or, while the stored one is incomplete, fills in what it lacks; `remaining` follows always.
    func insertOrComplete(_ writer: RowWriter) throws { _ = try writer.execute(self, Self.insertOrCompleteSQL) }

    private static let insertOrCompleteSQL: String = {
        let name = table.name
        // Within an update every right-hand side sees the row as it was.
        let fills = completed.map { column in
            "\(column) = CASE WHEN \(name).delay IS NULL THEN coalesce(\(name).\(column), excluded.\(column)) "
                + "ELSE \(name).\(column) END"
        }
        let source = "source = CASE WHEN \(name).delay IS NULL THEN excluded.source ELSE \(name).source END"
        let lacks = completed.map { "(\(name).\($0) IS NULL AND excluded.\($0) IS NOT NULL)" }
        let differs =
            "\(name).remaining <> excluded.remaining OR (\(name).delay IS NULL AND "
            + "(\(name).source <> excluded.source OR \(lacks.joined(separator: " OR "))))"
        let sets = (["remaining = excluded.remaining", source] + fills).joined(separator: ", ")
        return table.insertIfAbsent.replacing("DO NOTHING", with: "DO UPDATE SET \(sets) WHERE \(differs)")
    }()
}
