import PortfolioModel
import Risk
import Testing

@testable import Alerts

/// A rule finds an account by its id, or by a name that only one account has.
struct AccountScopeTests {
    private static func readings(_ scope: String, names: [String?]) throws -> Int {
        let now = Timestamp(seconds: 1_800_000_000)
        let broker = BrokerID("fidelity")
        let accounts = names.enumerated().map { index, name in
            BookChange.account(
                Account(
                    id: AccountID("fidelity-\(index + 1)"), key: AccountKey(broker, "X000\(index)"), name: name,
                    state: .confirmed, asOf: now))
        }
        var book = Book(base: .usd)
        try book.apply(PortfolioUpdate(sequence: 1, at: now, changes: accounts))
        let view = RiskEngine.view(of: book, settings: RiskSettings(), at: now)
        let rule = try AlertRule(name: "r", metric: "staleCount", scope: scope, above: "0", below: nil)
        return rule.readings(in: view).count
    }

    @Test(arguments: [
        ("account:fidelity-1", 1), ("account:retirement", 1), ("account:joint", 0), ("account:nobody", 0),
        // An id counts before a name.
        ("account:fidelity-2", 1),
    ])
    func account_isFound_byIdOrByItsOwnName(scope: String, count: Int) throws {
        let names = ["retirement", "joint", "joint", "fidelity-2", nil]
        #expect(try Self.readings(scope, names: names) == count)
    }
}
