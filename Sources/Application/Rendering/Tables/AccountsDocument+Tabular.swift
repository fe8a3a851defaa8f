import PortfolioModel

extension AccountsDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        TextReport(sections: [
            TableSection(nil, StatusTables.accounts(accounts, now: now), whenEmpty: "No accounts.")
        ])
    }
}
