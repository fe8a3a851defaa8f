import PortfolioModel

extension BrokersDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var table = TextTable([.left("Broker"), .left("Enabled"), .left("State"), .left("Can"), .left("Message")])
        for row in brokers {
            table.add([
                Cell(row.name), Cell(row.enabled ? "yes" : "no", row.enabled ? .plain : .dim),
                row.status.map { Cell($0.state) } ?? .none, Cell(row.capabilities.joined(separator: ", ")),
                Cell(row.status?.message ?? "", .warning),
            ])
        }
        let running = StatusTables.brokers(brokers.compactMap(\.status), now: now)
        return TextReport(sections: [TableSection(nil, table), TableSection("Connections", running)])
    }
}
