import PortfolioModel
import Risk

/// The parts that `status` and the live screen are made of.
enum StatusTables {
    static func brokers(_ rows: [BrokerRow], now: Timestamp) -> TextTable {
        var table = TextTable([
            .left("Broker"), .left("State"), .right("Since", rank: 2), .right("Last good"), .right("Accounts", rank: 3),
            .left("Streams", rank: 1), .left("Message"),
        ])
        for row in rows {
            table.add([
                Cell(row.broker), Cell(row.state, style(row.state)), Cell(AgeText.of(row.since, now: now), .dim),
                row.lastGoodAt.map { Cell(AgeText.of($0, now: now) + " ago", .dim) } ?? .none,
                Cell("\(row.accounts.count)"), streams(row.streams), Cell(row.message ?? "", .warning),
            ])
        }
        return table
    }

    /// Amounts in each account's currency; the heading says which where they all agree.
    static func accounts(_ rows: [AccountRow], now: Timestamp) -> TextTable {
        let currencies = Set(rows.map(\.currency))
        let shared = currencies.count == 1 ? currencies.first : nil
        let heading = shared.map { " \($0)" } ?? ""
        var table = TextTable([
            .left("Account"), .right("Net liq\(heading)"), .right("Broker's", rank: 4), .right("Day P&L"),
            .right("Open P&L", rank: 2), .right("Cash", rank: 3), .right("BP used"), .right("BP left", rank: 1),
            .right("Margin", rank: 5), .right("As of"), .left("Number", rank: 6),
        ])
        for row in rows {
            let name = row.name ?? row.id
            // Without a common heading every amount carries its own currency, by a heading that none of them has.
            let currency = shared ?? row.currency
            var cells = [
                FigureCell.total(row.netLiq, in: currency, signed: false, of: "\(name) net liq"),
                FigureCell.money(row.brokerNetLiq, in: currency, of: "\(name) broker's net liq"),
                FigureCell.total(row.dayPnL, in: currency, signed: true, of: "\(name) day P&L"),
                FigureCell.total(row.unrealizedPnL, in: currency, signed: true, of: "\(name) open P&L"),
                FigureCell.total(row.cash, in: currency, signed: false, of: "\(name) cash"),
                FigureCell.money(row.buyingPowerUsed, in: currency, of: "\(name) buying power used"),
                FigureCell.money(row.buyingPower, in: currency, of: "\(name) buying power"),
            ]
            if shared == nil, cells[0].text != "?" { cells[0].text += " \(row.currency)" }
            let margin = row.marginUsedPct.value.map {
                Cell(NumberText.decimal($0, minimum: 1) + "%", FigureCell.style(row.marginUsedPct.state))
            }
            table.add(
                [Cell(name)] + cells + [
                    margin ?? .unknown(row.marginUsedPct.reason.map { "\(name) margin: \($0)" }),
                    FigureCell.age(row.asOf, row.state, now: now), Cell("\(row.broker) \(row.number)", .dim),
                ])
        }
        return table
    }

    static func totals(_ totals: StatusTotals) -> TextTable {
        let base = totals.base
        var table = TextTable([
            .right("Net liq \(base)"), .right("Day P&L"), .right("Open P&L"), .right("Realised today", rank: 4),
            .right("Cash", rank: 2), .right("Value", rank: 3), .right("Notional", rank: 6), .right("$ Delta"),
            .right("$ Gamma 1%", rank: 5), .right("Theta", rank: 1), .right("Vega", rank: 1),
            .right("Covered", rank: 7),
        ])
        func sum(_ total: MoneyTotalDocument, _ name: String, signed: Bool = false) -> Cell {
            FigureCell.total(total, in: base, signed: signed, of: name)
        }
        func greek(_ value: Double?, _ known: Double?, _ name: String) -> Cell {
            guard value == nil else { return FigureCell.number(value, totals.greeksState, places: 0, of: name) }
            let text = known.flatMap { NumberText.double($0, places: 0) } ?? "nothing"
            return .unknown("\(name): \(text) is known; the Greeks of some positions are missing")
        }
        let known = totals.knownGreeks
        table.add([
            sum(totals.netLiq, "net liq"), sum(totals.dayPnL, "day P&L", signed: true),
            sum(totals.unrealizedPnL, "open P&L", signed: true),
            sum(totals.realizedPnLToday, "realised today", signed: true), sum(totals.cash, "cash"),
            sum(totals.marketValue, "value"), sum(totals.notional, "notional"),
            greek(totals.dollarDelta, known.dollarDelta, "$ delta"),
            greek(totals.dollarGamma1pct, known.dollarGamma1pct, "$ gamma 1%"),
            greek(totals.theta, known.theta, "theta"),
            greek(totals.vega, known.vega, "vega"),
            FigureCell.share(totals.covered, reason: totals.coveredReason, of: "covered"),
        ])
        return table
    }

    static func underlyings(_ rows: [UnderlyingRow]) -> TextTable {
        let base = rows.first.map { " \($0.dayPnL.currency)" } ?? ""
        var table = TextTable([
            .left("Underlying"), .right("Price"), .right("Delta"), .right("Gamma", rank: 2), .right("Theta"),
            .right("Vega", rank: 1), .right("$ Delta"), .right("Day P&L\(base)"),
        ])
        for row in rows {
            let missing = NamedFigure.missing(row.missing)
            func greek(_ value: Double?, _ places: Int, reason: String? = nil) -> Cell {
                FigureCell.number(value, row.state, places: places, reason: reason, of: "\(row.symbol) Greeks")
            }
            table.add([
                Cell(UnderlyingGrouping.title(row.symbol, row.members.map(\.symbol))),
                FigureCell.price(row.price, of: "\(row.symbol) price"), greek(row.delta, 2, reason: missing),
                greek(row.gamma, 3), greek(row.theta, 2), greek(row.vega, 2), greek(row.dollarDelta, 0),
                FigureCell.total(row.dayPnL, in: row.dayPnL.currency, signed: true, of: "\(row.symbol) day P&L"),
            ])
        }
        return table
    }

    static func expiring(_ rows: [ExpiringRow]) -> TextTable {
        var table = TextTable([
            .left("Expires"), .left("Position"), .right("Qty"), .left("Money"), .right("Underlying"), .right("Mark"),
            .right("Extrinsic", rank: 1), .right("Open P&L"), .left("Account", rank: 2),
        ])
        for row in rows.sorted(by: { ($0.dte, $0.instrument.symbol) < ($1.dte, $1.instrument.symbol) }) {
            let label = InstrumentLabel.full(row.instrument)
            let isOption = row.instrument.kind.isOption
            table.add([
                Cell(when(row.dte), row.dte <= 0 ? .bad : (row.dte <= 1 ? .warning : .plain)), Cell(label),
                FigureCell.quantity(row.quantity), isOption ? InstrumentLabel.moneyness(row.moneyness) : .none,
                FigureCell.price(row.underlyingPrice, of: "\(label) underlying"),
                FigureCell.price(row.mark.value, row.mark.state, reason: row.mark.reason, of: "\(label) mark"),
                isOption ? FigureCell.price(row.extrinsicValue, of: "\(label) extrinsic value") : .none,
                FigureCell.gain(row.unrealizedPnL, in: row.instrument.currency, of: "\(label) open P&L"),
                Cell(row.account.id ?? row.account.number, .dim),
            ])
        }
        return table
    }

    static func headline(_ status: StatusDocument) -> Cell {
        let book = status.book
        var parts = ["tributary \(status.service.version)"]
        if let environment = status.service.environment { parts.append(environment) }
        if !status.service.isRunning { parts.append("no service running") }
        parts.append(
            "\(book.positions) positions: \(book.confirmed) confirmed, \(book.stale) stale, \(book.unknown) unknown")
        parts.append("update \(status.sequence)")
        parts.append("\(status.asOf.description.prefix(19))Z")
        return Cell(parts.joined(separator: " · "), .heading)
    }

    private static func when(_ dte: Int) -> String {
        switch dte {
        case ..<0: "expired"
        case 0: "today"
        case 1: "tomorrow"
        default: "in \(dte) days"
        }
    }

    private static func streams(_ rows: [StreamRow]) -> Cell {
        let isWhole = rows.allSatisfy { $0.receiving >= $0.subscribed }
        let text = rows.map { "\($0.name) \($0.receiving)/\($0.subscribed)" }.joined(separator: ", ")
        return Cell(text.isEmpty ? "-" : text, isWhole ? .dim : .warning)
    }

    private static func style(_ state: String) -> TextStyle {
        switch BrokerState(rawValue: state) {
        case .live: .good
        case .starting, .degraded, .stale: .warning
        case .needsLogin, .held, .stopped, nil: .bad
        }
    }
}
