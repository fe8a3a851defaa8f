import PortfolioModel

/// The screen of `tributary run`: everything of one sequence, as text that fits a size.
struct LiveScreen: Sendable {
    /// A section keeps at least so many lines when the screen is too low for all.
    static let minimumRows = 4

    private struct Block {
        var section: TableSection
        /// Position tables give way first: they are long, and `tributary positions` has them whole.
        var isElastic: Bool
    }

    let palette: Palette

    /// Lines joined by line feeds, at most `size.rows` of at most `size.columns`, without trailing blanks.
    func render(
        status: StatusDocument, positions: PositionsDocument, now: Timestamp, size: Terminal.Size
    ) -> String {
        let blocks = blocks(status, positions, now)
        let ending = status.alarms.suffix(3).map { palette.paint("! \($0)", .bad) }
        let opening = [palette.paint(StatusTables.headline(status).text, .heading)]
        let limits = limits(blocks, available: size.rows - opening.count - ending.count)
        var lines = opening
        for (block, limit) in zip(blocks, limits) where limit > 0 {
            lines += DocumentRenderer.lines(
                of: block.section, width: size.columns, limit: limit, notes: 0, palette: palette)
        }
        // The alarms stay whatever has to go.
        let room = max(0, size.rows - ending.count)
        if lines.count > room { lines = Array(lines.prefix(room)) }
        return (lines + ending).map { TextWidth.clip($0, to: size.columns) }.joined(separator: "\n")
    }

    private func blocks(_ status: StatusDocument, _ positions: PositionsDocument, _ now: Timestamp) -> [Block] {
        let rows = positions.positions
        let today = status.expiring.filter { $0.dte <= 0 }
        let week = status.expiring.filter { $0.dte > 0 }
        func fixed(_ title: String?, _ table: TextTable) -> Block {
            Block(section: TableSection(title, table), isElastic: false)
        }
        func elastic(_ title: String?, _ table: TextTable) -> Block {
            Block(section: TableSection(title, table), isElastic: true)
        }
        return [
            fixed(nil, StatusTables.brokers(status.brokers, now: now)),
            fixed(nil, StatusTables.accounts(status.accounts, now: now)),
            fixed(nil, StatusTables.totals(status.totals)),
            elastic("Options", PositionTables.options(rows, base: positions.base, now: now)),
            elastic("Shares and futures", PositionTables.others(rows, base: positions.base, now: now)),
            elastic("By underlying", StatusTables.underlyings(status.underlyings)),
            elastic("Expiring today", StatusTables.expiring(today)),
            elastic("Expiring this week", StatusTables.expiring(week)),
        ].filter { !$0.section.table.rows.isEmpty }
    }

    /// Rows each block may show, so that the whole fits: what elastic blocks are too long by is taken from the longest.
    private func limits(_ blocks: [Block], available: Int) -> [Int] {
        var limits = blocks.map(\.section.table.rows.count)
        let headings = blocks.reduce(0) { $0 + ($1.section.title == nil ? 1 : 2) }
        var excess = limits.reduce(headings, +) - available
        while excess > 0 {
            let candidates = blocks.indices.filter { blocks[$0].isElastic && limits[$0] > Self.minimumRows }
            guard let longest = candidates.max(by: { limits[$0] < limits[$1] }) else { break }
            limits[longest] -= 1
            excess -= 1
        }
        // A window too low even for that loses whole blocks, from the least urgent.
        for index in blocks.indices.reversed() where excess > 0 && blocks[index].isElastic {
            excess -= limits[index] + 2
            limits[index] = 0
        }
        return limits
    }
}
