import PortfolioModel

extension ValueAtRiskDocument: Tabular {
    func report(now: Timestamp) -> TextReport {
        var sections = [TableSection(title, methodTable)]
        sections += (breakdowns ?? [Parts(by: by, groups: groups)]).map {
            TableSection("By \(AnalysisTables.words($0.by)), each by itself", groupTable($0.groups))
        }
        sections.append(AnalysisTables.uncovered(coverage))
        var opening = [Cell("Computed \(AgeText.of(asOf, now: now)) ago", .dim)]
        if let unknown { opening.append(Cell("unknown: \(unknown)", .warning)) }
        return TextReport(opening: opening, sections: sections)
    }

    private var title: String {
        let level = NumberText.percent(confidence, places: 2) ?? "?"
        return "Loss in \(base) at \(level) over \(horizonDays) day(s)"
    }

    private var methodTable: TextTable {
        var table = TextTable([
            .left("Method"), .right("VaR"), .right("CVaR"), .right("± VaR", rank: 1), .right("Of net liq"),
            .left("From", rank: 2),
        ])
        for method in methods {
            table.add([
                Cell(method.method), amount(method.valueAtRisk, method.method), amount(method.expectedShortfall),
                method.standardError.map { NumberText.decimal($0.value, minimum: 0) }.map { Cell($0, .dim) } ?? .none,
                method.shareOfNetLiq.flatMap { NumberText.percent($0, places: 2) }.map { Cell($0) } ?? .unknown(),
                Cell(method.inputs, .dim),
            ])
        }
        return table
    }

    private func groupTable(_ groups: [GroupRow]) -> TextTable {
        var table = TextTable([
            .left("Part"), .right("Delta-normal"), .right("Historical"), .right("Monte Carlo"),
            .right("CVaR historical", rank: 1),
        ])
        for group in groups {
            var cells = [Cell(group.label)]
            cells += group.methods.map { method in
                method.valueAtRisk == nil
                    ? .unknown(group.unknown.map { "\(group.label): \($0)" }) : amount(method.valueAtRisk)
            }
            cells.append(amount(group.methods.first { $0.method == "historical" }?.expectedShortfall))
            table.add(cells)
        }
        return table
    }

    private func amount(_ value: ModelAmount?, _ subject: String? = nil) -> Cell {
        value.map { Cell(NumberText.decimal($0.value, minimum: 0)) }
            ?? .unknown(subject.flatMap { name in unknown.map { "\(name): \($0)" } })
    }
}
