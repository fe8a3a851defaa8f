import PortfolioModel

extension PositionsDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        let options = PositionTables.options(positions, base: base, now: now)
        return TextReport(sections: [
            TableSection(
                nil, PositionTables.others(positions, base: base, now: now),
                whenEmpty: positions.isEmpty ? "No positions." : nil),
            TableSection(nil, options),
        ])
    }
}
