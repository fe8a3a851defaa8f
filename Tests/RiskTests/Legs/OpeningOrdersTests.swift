import PortfolioModel
import Risk
import Testing

struct OpeningOrdersTests {
    /// A row of history: what it does, to how many, by which order. Rows follow one another by a second each.
    struct Row: Sendable {
        var subtype: String
        var quantity: FixedDecimal?
        var order: String?
        var type = "Trade"
    }

    static let key = PositionKey(BookMaker.account, InstrumentID(raw: 3))

    static func transactions(_ rows: [Row], of key: PositionKey = key) -> [Transaction] {
        rows.enumerated().map { place, row in
            Transaction(
                account: key.account, externalID: "\(key.instrument.raw)-\(place)", type: row.type,
                subtype: row.subtype, description: "", instrument: key.instrument, quantity: row.quantity, price: 1,
                netCash: 0, fees: 0, currency: .usd, executedAt: BookMaker.open.adding(.seconds(place)),
                tradeDate: BookMaker.today, receivedAt: BookMaker.open, orderID: row.order)
        }
    }

    private static func opened(_ quantity: FixedDecimal, _ order: String?) -> Row {
        Row(subtype: quantity > 0 ? "Buy to Open" : "Sell to Open", quantity: quantity, order: order)
    }

    private static func closed(_ quantity: FixedDecimal, _ order: String) -> Row {
        Row(subtype: quantity > 0 ? "Buy to Close" : "Sell to Close", quantity: quantity, order: order)
    }

    private static func orders(_ rows: [Transaction], _ quantity: FixedDecimal) -> Set<String>? {
        OpeningOrders(rows).orders(
            of: Position(
                key: key, quantity: quantity, basis: Basis(includesFees: false, source: "test"), asOf: BookMaker.open))
    }

    private static let cases: [(name: String, rows: [Row], quantity: FixedDecimal, orders: Set<String>?)] = [
        ("one order", [opened(-2, "1")], -2, ["1"]),
        ("fills of one order", [opened(1, "1"), opened(2, "1")], 3, ["1"]),
        ("several orders", [opened(-2, "1"), opened(-1, "2")], -3, ["1", "2"]),
        ("closed in part", [opened(-2, "1"), opened(-2, "2"), closed(1, "3")], -3, ["1", "2"]),
        ("closed first in first out", [opened(-2, "1"), opened(-2, "2"), closed(3, "3")], -1, ["2"]),
        ("opened anew", [opened(-2, "1"), closed(2, "2"), opened(-1, "3")], -1, ["3"]),
        ("reversed", [opened(2, "1"), closed(-2, "2"), opened(-3, "2")], -3, ["2"]),
        (
            "reversed without words for it",
            [Row(subtype: "Buy", quantity: 2, order: "1"), Row(subtype: "Sell", quantity: -5, order: "2")], -3, ["2"]
        ),
        (
            "exercised in part",
            [opened(2, "1"), opened(1, "2"), Row(subtype: "Exercise", quantity: -2, type: "Receive Deliver")], 1, ["2"]
        ),
        (
            "assigned before it was opened anew",
            [opened(-1, "1"), Row(subtype: "Assignment", quantity: 1, type: "Receive Deliver"), opened(-1, "2")], -1,
            ["2"]
        ),
        ("opened before the history", [closed(1, "1")], -1, nil),
        ("flat since before the history", [closed(2, "1"), opened(-1, "2")], -1, ["2"]),
        ("another quantity", [opened(-2, "1")], -3, nil), ("another sign", [opened(-2, "1")], 2, nil),
        ("no history", [], 1, nil), ("nothing open", [opened(1, "1"), closed(-1, "2")], 1, nil),
        ("an order not stated", [opened(-1, "1"), opened(-1, nil)], -2, nil),
        ("one not stated that is closed", [opened(-1, nil), opened(-1, "2"), closed(1, "3")], -1, ["2"]),
        (
            "moved by nobody knows how many", [opened(-2, "1"), Row(subtype: "Assignment", type: "Receive Deliver")],
            -2, nil
        ),
        ("with cash beside it", [opened(1, "1"), Row(subtype: "Mark to Market", type: "Money Movement")], 1, ["1"]),
    ]

    @Test(arguments: cases.indices) func orders_areThoseOfWhatIsOpen(_ place: Int) {
        let example = Self.cases[place]
        let rows = Self.transactions(example.rows)
        #expect(Self.orders(rows, example.quantity) == example.orders, "\(example.name)")
        // In which order rows were read does not matter.
        #expect(Self.orders(rows.reversed(), example.quantity) == example.orders, "\(example.name)")
    }

    @Test func roll_movesToTheOrderThatRolled() {
        let later = PositionKey(BookMaker.account, InstrumentID(raw: 4))
        let rows =
            Self.transactions([Self.opened(-1, "1"), Self.closed(1, "2")])
            + Self.transactions([Self.opened(-1, "2")], of: later)
        let rolled = Position(
            key: later, quantity: -1, basis: Basis(includesFees: false, source: "test"), asOf: BookMaker.open)
        #expect(OpeningOrders(rows).orders(of: rolled) == ["2"])
        #expect(Self.orders(rows, -1) == nil)
    }

    @Test func orders_areOfTheirAccountOnly() {
        let rows = Self.transactions([Self.opened(1, "1")], of: PositionKey(AccountID("other-1"), Self.key.instrument))
        #expect(Self.orders(rows, 1) == nil)
    }
}
