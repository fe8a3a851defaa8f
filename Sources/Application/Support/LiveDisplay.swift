import Foundation
import PortfolioModel

/// The screen of a running service; without a terminal each frame follows the one before.
struct LiveDisplay: Sendable {
    let options: GlobalOptions

    private static let standardSize = Terminal.Size(columns: 200, rows: 200)

    func open() {
        if options.terminal.isTTY { Console.output(TerminalControl.enter) }
    }

    func close() {
        if options.terminal.isTTY { Console.output(TerminalControl.leave) }
    }

    func show(_ answer: ControlResponse, now: Timestamp) throws {
        let terminal = options.terminal
        let decoder = DocumentDecoder()
        let status = try decoder.decode(StatusDocument.self, from: Data((answer.documents[.status] ?? "").utf8))
        let positions = try decoder.decode(
            PositionsDocument.self, from: Data((answer.documents[.positions] ?? "").utf8))
        let text = LiveScreen(palette: terminal.palette).render(
            status: status, positions: positions, now: now, size: terminal.size ?? Self.standardSize)
        Console.output(terminal.isTTY ? TerminalControl.frame(text) : text + "\n\n")
    }
}
