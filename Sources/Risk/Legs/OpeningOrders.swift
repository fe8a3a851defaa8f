package import PortfolioModel

/// Which orders opened what is held, as the account history tells it; the broker's own ids, as strings.
///
/// Rows are taken in order of execution. A row whose subtype opens (`Buy to Open`, `Sell to Open`; `Buy` and `Sell`
/// where the venue does not tell opening from closing, as for futures) closes what is held the other way first and adds
/// the rest under its order. Every other row with a quantity only lowers: closing, expiry, exercise, assignment. What
/// was opened first is closed first. What a row closes beyond what is known was opened before the history began.
///
/// An answer is given only where what is still open adds up to the position's quantity exactly: then the history
/// reaches back to when it was last flat, unless rows are missing from its middle. Rows that move units without saying
/// how many leave the position's orders unknown.
package struct OpeningOrders: Sendable {
    private var histories: [PositionKey: History] = [:]

    /// Transactions in any order, each once; rows of no instrument are passed over.
    package init(_ transactions: [Transaction]) {
        for row in transactions.sorted(by: Self.precedes) {
            guard let instrument = row.instrument else { continue }
            histories[PositionKey(row.account, instrument), default: History()].take(row)
        }
    }

    /// The orders that a position's quantity comes from; nil where that is not known of all of it, else not empty.
    package func orders(of position: Position) -> Set<String>? {
        guard let history = histories[position.key], !history.isDoubtful, !history.lots.isEmpty,
            let open = try? FixedDecimal.sum(history.lots.map(\.quantity)), open == position.quantity
        else { return nil }
        let orders = history.lots.compactMap(\.order)
        return orders.count == history.lots.count ? Set(orders) : nil
    }

    /// Fills of one instant in the order of their numbers.
    private static func precedes(_ left: Transaction, _ right: Transaction) -> Bool {
        left.executedAt == right.executedAt
            ? isSmaller(left.externalID, right.externalID) : left.executedAt < right.executedAt
    }

    /// Whether an id comes before another: as numbers do, which brokers' ids mostly are.
    static func isSmaller(_ left: String, _ right: String) -> Bool {
        (left.utf8.count, left) < (right.utf8.count, right)
    }
}

/// What one position's transactions have left open.
private struct History: Sendable {
    struct Lot: Sendable {
        /// nil where its row states none.
        var order: String?
        /// Signed.
        var quantity: FixedDecimal
    }

    /// Oldest first, all of one sign.
    private(set) var lots: [Lot] = []
    /// Whether units came or went that no row counts.
    private(set) var isDoubtful = false

    mutating func take(_ row: Transaction) {
        guard let quantity = row.quantity else {
            // Dividends and variation margin move no units.
            if row.type != "Money Movement" { isDoubtful = true }
            return
        }
        do {
            let rest = try close(quantity)
            if !rest.isZero, Self.opening.contains(row.subtype) { lots.append(Lot(order: row.orderID, quantity: rest)) }
        } catch {
            isDoubtful = true
        }
    }

    private static let opening: Set = ["Buy to Open", "Sell to Open", "Buy", "Sell"]

    /// Takes from the oldest what the other sign closes; what is left of the quantity when nothing of that sign is.
    private mutating func close(_ quantity: FixedDecimal) throws(DecimalError) -> FixedDecimal {
        var rest = quantity
        while let oldest = lots.first, !rest.isZero, oldest.quantity.isNegative != rest.isNegative {
            let sum = try oldest.quantity + rest
            if sum.isZero || sum.isNegative == rest.isNegative {
                lots.removeFirst()
                rest = sum
            } else {
                lots[0].quantity = sum
                rest = .zero
            }
        }
        return rest
    }
}
