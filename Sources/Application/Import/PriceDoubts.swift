import PortfolioModel

/// Imported closes that are probably wrong. They are kept, because a jump may be true, and said.
struct PriceDoubts: Sendable {
    struct Row: Sendable {
        /// Physical line in the file, from 1.
        var line: Int
        var price: DailyPrice
    }

    struct Doubt: Codable, Sendable, Equatable {
        var line: Int
        var field: String
        var message: String
        var fix: String
    }

    /// A close further than this from each neighbour is doubted, relative to the neighbour.
    static let jump = 0.5

    private let rows: [Row]
    private let history: PriceHistory

    /// `held` are the closes there are around the rows' dates; the rows count before them.
    init(_ rows: [Row], held: [DailyPrice]) {
        self.rows = rows
        let own = Set(rows.map { Place($0.price) })
        history = PriceHistory(held.filter { !own.contains(Place($0)) } + rows.map(\.price))
    }

    private struct Place: Hashable {
        var instrument: InstrumentID
        var date: CalendarDate

        init(_ price: DailyPrice) { (instrument, date) = (price.instrument, price.date) }
    }

    /// In the rows' order.
    func all(in master: InstrumentMaster) -> [Doubt] {
        rows.flatMap { row -> [Doubt] in
            guard master.contains(row.price.instrument) else { return [] }
            let instrument = master[row.price.instrument]
            return [session(row, instrument), jump(row, instrument)].compactMap { $0 }
        }
    }

    private func session(_ row: Row, _ instrument: Instrument) -> Doubt? {
        guard let calendar = ClosingSessions(instrument).calendar, !calendar.isSession(row.price.date) else {
            return nil
        }
        return Doubt(
            line: row.line, field: "date",
            message: "the exchange of \(instrument.symbol) had no regular session on \(row.price.date)",
            fix: "check the date; import the file again without the row if there was no session")
    }

    /// Against the last close before and the first after it; with only one of them, against that.
    private func jump(_ row: Row, _ instrument: Instrument) -> Doubt? {
        let closes = history.prices(of: instrument.id)
        guard let place = closes.firstIndex(where: { $0.date == row.price.date }) else { return nil }
        let neighbours = [place - 1, place + 1].filter(closes.indices.contains).map { closes[$0] }
        let close = row.price.close.doubleValue
        guard !neighbours.isEmpty,
            neighbours.allSatisfy({ (close / $0.close.doubleValue - 1).magnitude > Self.jump })
        else { return nil }
        let beside = neighbours.map { "\($0.close) on \($0.date)" }.joined(separator: " and ")
        return Doubt(
            line: row.line, field: "close",
            message: "\(instrument.symbol) closes at \(row.price.close) on \(row.price.date), beside \(beside)",
            fix: "check the close; a corrected row under the same source replaces it")
    }
}
