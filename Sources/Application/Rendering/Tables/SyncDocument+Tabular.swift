import PortfolioModel

extension SyncDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var table = TextTable([.left("Broker"), .left("Result"), .left("Message")])
        for outcome in brokers {
            table.add([
                Cell(outcome.broker), Cell(outcome.ok ? "synced" : "failed", outcome.ok ? .good : .bad),
                Cell(outcome.message ?? ""),
            ])
        }
        return TextReport(sections: [TableSection(nil, table, whenEmpty: "No broker is enabled.")])
    }
}
