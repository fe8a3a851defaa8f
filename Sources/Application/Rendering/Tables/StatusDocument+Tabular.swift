import PortfolioModel

extension StatusDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        TextReport(
            opening: [StatusTables.headline(self)],
            sections: [
                TableSection(nil, StatusTables.brokers(brokers, now: now), whenEmpty: "No broker is enabled."),
                TableSection(nil, StatusTables.totals(totals)),
                TableSection(nil, StatusTables.accounts(accounts, now: now), screenLimit: 8),
                TableSection(nil, StatusTables.underlyings(underlyings), screenLimit: 8),
                TableSection(
                    "Expiring within \(Self.expiringWithinDays) days", StatusTables.expiring(expiring), screenLimit: 6),
            ],
            closing: alarms.map { Cell("! \($0)", .bad) }, fitsScreen: true)
    }
}
