import GRDB
import PortfolioModel

/// Which order a row of account history filled.
extension StoreSchema {
    @Sendable
    static func addOrders(_ db: Database, _ origin: Origin) throws {
        try db.execute(
            sql: """
                ALTER TABLE account_transaction ADD COLUMN order_id TEXT CHECK (order_id <> '');
                CREATE INDEX account_transaction_by_position
                    ON account_transaction(account, instrument, executed_at);
                DROP TRIGGER account_transaction_no_update;
                """ + orderGuard)
    }

    /// An order may be filled in where it is NULL; nothing else ever changes.
    private static let orderGuard: String = {
        let fixed = [
            "account", "external_id", "type", "subtype", "description", "instrument", "quantity", "price", "net_cash",
            "fees", "currency", "executed_at", "trade_date", "received_at",
        ]
        let rules =
            ["OLD.order_id IS NOT NULL", "NEW.order_id IS NULL"] + fixed.map { "NEW.\($0) IS NOT OLD.\($0)" }
        return """
            CREATE TRIGGER account_transaction_no_update BEFORE UPDATE ON account_transaction
            WHEN \(rules.joined(separator: " OR "))
            BEGIN SELECT RAISE(ABORT, 'account_transaction takes no UPDATE'); END;
            """
    }()
}
