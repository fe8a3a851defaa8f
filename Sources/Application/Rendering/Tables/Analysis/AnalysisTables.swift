import PortfolioModel

/// Tables that several analyses share.
enum AnalysisTables {
    static func breakdown(_ document: BreakdownDocument, base: Currency) -> TextTable {
        var table = TextTable([
            .left(heading(document.by)), .right("Positions", rank: 7), .right("Value \(base)", rank: 2),
            .right("Day P&L"), .right("Open P&L", rank: 1), .right("Delta", rank: 6), .right("$ Delta"),
            .right("Gross"), .right("Share", rank: 3), .right("$ Gamma 1%", rank: 4), .right("Theta"), .right("Vega"),
            .right("β Delta", rank: 5),
        ])
        for row in document.rows { table.add(cells(row, base, document.shareReason)) }
        return table
    }

    private static func cells(_ row: BreakdownDocument.Row, _ base: Currency, _ shareReason: String?) -> [Cell] {
        let (name, greeks, exposure) = (row.label, row.moneyGreeks, row.exposure)
        func number(_ value: Double?, _ places: Int = 0) -> Cell {
            FigureCell.number(value, greeks.state, places: places, of: name)
        }
        return [
            Cell(name), Cell("\(row.positions)"),
            FigureCell.total(row.marketValue, in: base, signed: false, of: "\(name) value"),
            FigureCell.total(row.dayPnL, in: base, signed: true, of: "\(name) day P&L"),
            FigureCell.total(row.unrealizedPnL, in: base, signed: true, of: "\(name) open P&L"),
            row.delta.map { number($0, 2) } ?? .none,
            FigureCell.sum(
                exposure.net, exposure.state, places: 0, known: exposure.known.net, missing: exposure.missing,
                of: "\(name) exposure"),
            FigureCell.number(exposure.gross, exposure.state, places: 0, of: name),
            FigureCell.share(row.share, places: 1, reason: shareReason, of: "share"),
            number(greeks.dollarGamma1pct), number(greeks.theta), number(greeks.vega),
            FigureCell.sum(
                row.betaWeighted.delta, row.betaWeighted.state, places: 1, known: row.betaWeighted.knownDelta,
                missing: row.betaWeighted.missing, of: "\(name) beta-weighted"),
        ]
    }

    static func health(_ groups: [GroupHealthDocument], in heading: Currency) -> TextTable {
        var table = TextTable([
            .left("Legs"), .right("Days"), .left("Holds", rank: 2), .right("Open P&L"), .right("Max profit"),
            .right("Max loss"), .left("Break-evens", rank: 1), .right("Of max", rank: 1), .left("Account", rank: 3),
        ])
        for group in groups {
            table.add([
                Cell([group.underlying, group.expiry?.description].compactMap { $0 }.joined(separator: " ")),
                group.daysLeft.map { Cell("\($0)", $0 <= 1 ? .warning : .plain) } ?? .none,
                Cell(group.legs.map(leg).joined(separator: ", "), .dim),
                FigureCell.gain(group.openPnL, in: heading, of: group.name),
                bound(group.maximumProfit, group, heading), bound(group.maximumLoss, group, heading),
                Cell(group.breakEvens.map { NumberText.decimal($0, minimum: 2) }.joined(separator: ", ")),
                group.shareOfMaximum.flatMap { NumberText.percent($0, places: 0) }.map { Cell($0) } ?? .none,
                Cell(group.account.id ?? group.account.number, .dim),
            ])
        }
        return table
    }

    private static func leg(_ leg: GroupHealthDocument.Leg) -> String {
        let sign = leg.quantity.isNegative ? "" : "+"
        let what =
            leg.instrument.right.flatMap { right in
                leg.instrument.strike.map { "\(NumberText.decimal($0, minimum: 0, maximum: 3))\(right.letter)" }
            } ?? leg.instrument.symbol
        return "\(sign)\(NumberText.decimal(leg.quantity, minimum: 0, maximum: 4)) \(what)"
    }

    private static func bound(_ text: String?, _ group: GroupHealthDocument, _ heading: Currency) -> Cell {
        guard let text else { return .unknown(group.reason.map { "\(group.name): \($0)" }) }
        guard let amount = try? FixedDecimal(text) else { return Cell(text) }
        return Cell(FigureCell.text(amount, group.openPnL.currency, heading, signed: true))
    }

    static func expiring(_ rows: [ExpiringDocument], in heading: Currency) -> TextTable {
        var table = TextTable([
            .left("Position"), .right("Qty"), .right("Days"), .left("Money"), .right("Extrinsic", rank: 2),
            .left("Risk"), .left("By"), .right("Units", rank: 1), .right("Units short"), .right("Cash"),
            .right("Cash there", rank: 3), .right("Cash short"), .left("Account", rank: 4),
        ])
        for row in rows {
            let label = InstrumentLabel.full(row.instrument)
            let exchange = row.ifAssigned
            func money(_ figure: MoneyFigureDocument?) -> Cell {
                figure.map { FigureCell.money($0, in: heading, of: label) } ?? .none
            }
            table.add([
                Cell(label), FigureCell.quantity(row.quantity), Cell("\(row.dte)", row.dte <= 1 ? .warning : .plain),
                InstrumentLabel.moneyness(row.moneyness), FigureCell.price(row.extrinsicValue, of: label),
                Cell(row.risks.map(\.code).joined(separator: ", "), row.risks.isEmpty ? .plain : .warning),
                exchange.map { Cell($0.event) } ?? .none, exchange.map { FigureCell.quantity($0.units) } ?? .none,
                exchange.map { short($0, label) } ?? .none, money(exchange?.cash), money(exchange?.cashThere),
                money(exchange?.shortfall),
                Cell(row.account.id ?? row.account.number, .dim),
            ])
        }
        return table
    }

    private static func short(_ exchange: ExpiringDocument.Exchange, _ label: String) -> Cell {
        guard let units = exchange.unitsShort else {
            return .unknown("\(label) units short: its underlying is not known")
        }
        return units.isZero ? .none : Cell(NumberText.decimal(units, minimum: 0, maximum: 8), .warning)
    }

    /// What an analysis does not speak of, and why; nothing where it speaks of all.
    static func uncovered(_ coverage: CoverageDocument) -> TableSection {
        var table = TextTable([.left("Position"), .left("Why")])
        for row in coverage.uncovered { table.add([Cell(row.name), Cell(row.reason, .warning)]) }
        return TableSection("Not covered", table)
    }

    /// `asset-class` as `asset class`.
    static func words(_ dimension: String) -> String { dimension.split(separator: "-").joined(separator: " ") }

    static func heading(_ dimension: String) -> String {
        let words = words(dimension)
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
