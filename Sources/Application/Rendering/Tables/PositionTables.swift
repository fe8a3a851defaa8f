import PortfolioModel

/// Positions in two tables: options by underlying, expiry and strike; shares, futures, funds and the rest by symbol.
enum PositionTables {
    static func options(_ rows: [PositionRow], base: Currency, now: Timestamp) -> TextTable {
        var table = TextTable([
            .left("Underlying"), .left("Expiry"), .right("DTE"), .right("Strike"), .left("P/C"), .right("Qty"),
            .right("Mark"), .right("IV", rank: 2), .right("Extrinsic", rank: 4), .left("Money", rank: 3),
            .right("Day P&L \(base)"), .right("Open P&L \(base)"), .right("Delta"), .right("Gamma", rank: 6),
            .right("Theta", rank: 1), .right("Vega", rank: 5), .right("$ Delta", rank: 8), .right("Age"),
            .left("Source", rank: 7), .left("Account", rank: 9),
        ])
        for row in rows.filter(\.instrument.kind.isOption).sorted(by: precedes) { table.add(option(row, now)) }
        return table
    }

    static func others(_ rows: [PositionRow], base: Currency, now: Timestamp) -> TextTable {
        var table = TextTable([
            .left("Symbol"), .left("Kind", rank: 5), .right("Qty"), .right("Mark"), .right("Value \(base)"),
            .right("Day P&L \(base)"), .right("Open P&L \(base)"), .right("Delta", rank: 1),
            .right("$ Delta", rank: 4), .right("Notional", rank: 3), .right("Age"), .left("Source", rank: 6),
            .left("Account", rank: 7),
        ])
        for row in rows.filter({ !$0.instrument.kind.isOption }).sorted(by: precedes) {
            table.add(other(row, base, now))
        }
        return table
    }

    /// Underlying, expiry, strike, right; then account, so that equal contracts keep their order.
    private static func precedes(_ left: PositionRow, _ right: PositionRow) -> Bool {
        let before = CalendarDate(dayNumber: 0)
        if left.group != right.group { return left.group < right.group }
        let (one, other) = (left.instrument, right.instrument)
        if one.expiry != other.expiry { return (one.expiry ?? before) < (other.expiry ?? before) }
        if one.strike != other.strike { return (one.strike ?? .zero) < (other.strike ?? .zero) }
        if one.right != other.right { return one.right == .call }
        return (one.symbol, left.account.id ?? "") < (other.symbol, right.account.id ?? "")
    }

    private static func option(_ row: PositionRow, _ now: Timestamp) -> [Cell] {
        let label = InstrumentLabel.full(row.instrument)
        let greeks = row.positionGreeks
        // One reason is enough for five Greeks: it stands with delta.
        func greek(_ value: Double?, _ places: Int) -> Cell {
            FigureCell.number(value, greeks.state, places: places, of: label)
        }
        return [
            Cell(InstrumentLabel.underlying(row.instrument)), Cell(row.instrument.expiry?.description ?? "?"),
            row.dte.map { Cell("\($0)", $0 <= 1 ? .warning : .plain) } ?? .unknown(),
            Cell(row.instrument.strike.map { NumberText.decimal($0, minimum: 0, maximum: 3) } ?? "?"),
            Cell(row.instrument.right.map { String($0.letter) } ?? "?"), FigureCell.quantity(row.quantity),
            mark(row, label), volatility(row, label),
            FigureCell.price(row.extrinsicValue, of: "\(label) extrinsic value"),
            InstrumentLabel.moneyness(row.moneyness), FigureCell.gain(row.dayPnL, of: "\(label) day P&L"),
            FigureCell.gain(row.unrealizedPnL, of: "\(label) open P&L"),
            FigureCell.number(greeks.delta, greeks.state, places: 2, reason: greeks.reason, of: "\(label) Greeks"),
            greek(greeks.gamma, 3), greek(greeks.theta, 2), greek(greeks.vega, 2), greek(greeks.dollarDelta, 0),
            FigureCell.age(row.mark.asOf, row.state, now: now), source(row), account(row),
        ]
    }

    private static func other(_ row: PositionRow, _ base: Currency, _ now: Timestamp) -> [Cell] {
        let label = InstrumentLabel.full(row.instrument)
        let greeks = row.positionGreeks
        return [
            Cell(label), Cell(row.instrument.kind.rawValue, .dim), FigureCell.quantity(row.quantity), mark(row, label),
            FigureCell.money(row.marketValue, of: "\(label) value"),
            FigureCell.gain(row.dayPnL, of: "\(label) day P&L"),
            FigureCell.gain(row.unrealizedPnL, of: "\(label) open P&L"),
            FigureCell.number(greeks.delta, greeks.state, places: 2, reason: greeks.reason, of: "\(label) delta"),
            FigureCell.number(greeks.dollarDelta, greeks.state, places: 0, of: label),
            row.notional.map { FigureCell.money($0, in: base, of: "\(label) notional") } ?? .none,
            FigureCell.age(row.mark.asOf, row.state, now: now), source(row), account(row),
        ]
    }

    private static func mark(_ row: PositionRow, _ label: String) -> Cell {
        FigureCell.price(row.mark.value, row.mark.state, reason: row.mark.reason, of: "\(label) mark")
    }

    private static func volatility(_ row: PositionRow, _ label: String) -> Cell {
        guard let text = row.iv.value.flatMap({ NumberText.percent($0) }) else {
            return .unknown(row.iv.reason.map { "\(label) IV: \($0)" })
        }
        return Cell(text, FigureCell.style(row.iv.state))
    }

    private static func source(_ row: PositionRow) -> Cell {
        Cell(row.mark.source.isEmpty ? "-" : row.mark.source, .dim)
    }

    private static func account(_ row: PositionRow) -> Cell { Cell(row.account.id ?? row.account.number, .dim) }
}
