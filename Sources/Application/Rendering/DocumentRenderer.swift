import PortfolioModel

/// The one place where documents become text for people: aligned tables, or tab-separated ones for other tools.
struct DocumentRenderer: Sendable {
    /// So many reasons of unknown figures are spelled out below a table.
    static let maximumNotes = 8

    var terminal: Terminal
    /// Tab-separated, no colours, no titles, no row left out.
    var plain: Bool

    init(terminal: Terminal, plain: Bool = false) {
        self.terminal = terminal
        self.plain = plain
    }

    /// Ends with a line end.
    func text(_ document: some Tabular, now: Timestamp) -> String {
        let report = document.report(now: now)
        let lines = plain ? plainLines(report) : lines(report)
        return lines.map { $0 + "\n" }.joined()
    }

    /// Why figures are unknown, each reason once: what `text` leaves out of plain tables.
    func reasons(_ document: some Tabular, now: Timestamp) -> [String] {
        guard plain else { return [] }
        var seen: Set<String> = []
        return document.report(now: now).sections.flatMap(\.table.notes).filter { seen.insert($0).inserted }
    }

    private func plainLines(_ report: TextReport) -> [String] {
        let tables = report.sections.filter { !$0.table.rows.isEmpty || $0.whenEmpty != nil }
        return tables.enumerated().flatMap { index, section in
            (index == 0 ? [] : [""]) + section.table.tabSeparated()
        }
    }

    private func lines(_ report: TextReport) -> [String] {
        guard let size = terminal.size, report.fitsScreen else { return lines(report, notes: Self.maximumNotes) }
        // Reasons are what a full screen can do without first: `positions` has them all.
        for notes in [Self.maximumNotes, 2] {
            let lines = lines(report, notes: notes)
            if lines.count < size.rows { return lines }
        }
        return lines(report, notes: 0)
    }

    private func lines(_ report: TextReport, notes: Int) -> [String] {
        let palette = terminal.palette
        let width = terminal.size?.columns
        func text(_ cell: Cell) -> String { Self.clip(palette.paint(cell.text, cell.style), width) }
        var blocks: [[String]] = []
        if !report.opening.isEmpty { blocks.append(report.opening.map(text)) }
        for section in report.sections {
            let block = Self.lines(
                of: section, width: width, limit: terminal.isTTY ? section.screenLimit : nil, notes: notes,
                palette: palette)
            if !block.isEmpty { blocks.append(block) }
        }
        if !report.closing.isEmpty { blocks.append(report.closing.map(text)) }
        return Array(blocks.joined(separator: [""]))
    }

    /// Title, table and reasons of one section; empty when there is nothing to show.
    static func lines(
        of section: TableSection, width: Int?, limit: Int?, notes maximumNotes: Int, palette: Palette
    ) -> [String] {
        var lines = section.title.map { [palette.paint($0, .heading)] } ?? []
        if section.table.rows.isEmpty {
            guard let text = section.whenEmpty else { return [] }
            return lines + [palette.paint(text, .dim)]
        }
        lines += section.table.lines(width: width, limit: limit, palette: palette)
        let notes = section.table.notes
        lines += notes.prefix(maximumNotes).map { clip(palette.paint("? \($0)", .warning), width) }
        if notes.count > maximumNotes, maximumNotes > 0 {
            lines.append(palette.paint("? and \(notes.count - maximumNotes) more unknown figures", .warning))
        }
        return lines
    }

    private static func clip(_ line: String, _ width: Int?) -> String {
        width.map { TextWidth.clip(line, to: $0) } ?? line
    }
}
