import PortfolioModel

extension Book {
    /// The account that a person named by id, as `--account` takes it. Throws `CommandError` for one that is not there.
    func account(named id: String) throws(CommandError) -> AccountID {
        guard accounts[AccountID(id)] == nil else { return AccountID(id) }
        let ids = sortedAccounts.map(\.id.text).joined(separator: ", ")
        throw CommandError(
            "unknown-account", "no account \(id) here", field: "account",
            fix: ids.isEmpty ? nil : "one of: \(ids)", exit: .usage)
    }
}
