import Foundation
import PortfolioModel
import Risk

/// A book with one position in each of the file's options, every mark known from the start.
struct BenchmarkBook: Sendable {
    static let broker = BrokerID("tastytrade")
    static let account = AccountID("tastytrade-1")
    /// Simulated markets never close, so that the hour of a run does not matter.
    static let settings = RiskSettings(session: .alwaysOpen, greeksFeeds: [broker])

    private(set) var book = Book(base: .usd)
    /// Which instrument goes by a symbol of the feed.
    private(set) var handles: [String: [MarketHandle]] = [:]

    init(_ path: String) throws {
        let now = Frames.time(of: 0)
        let account = Account(
            id: Self.account, key: AccountKey(Self.broker, "5WT00001"), state: .confirmed, asOf: now)
        var master = InstrumentMaster()
        var changes: [BookChange] = [.account(account)]
        var batch = MarketBatch(source: Self.broker, receivedAt: now)
        var underlyings: Set<InstrumentID> = []
        for row in try OptionRow.all(in: path) {
            let id = master.resolve(row.terms, on: now.utcDate).id
            changes += master.takeChanges().map { .instrument($0) }
            changes.append(.position(row.position(in: Self.account, of: id, asOf: now)))
            handles[row.symbol] = [id.raw]
            batch.quotes.append(
                QuoteEvent(instrument: id.raw, bid: WireDecimal(row.bid), ask: WireDecimal(row.ask)))
            if let underlying = master[id].underlying { underlyings.insert(underlying) }
        }
        for id in underlyings.sorted() {
            batch.trades.append(TradeEvent(instrument: id.raw, price: WireDecimal(Self.underlyingPrice)))
        }
        try book.restore(changes + [.market(batch)], sequence: 0)
    }

    /// As the generator has it: the file's feed does not speak of underlyings.
    private static let underlyingPrice: FixedDecimal = 160
}

/// One line of positions.csv.
private struct OptionRow {
    let symbol: String
    let terms: InstrumentTerms
    let quantity: FixedDecimal
    let average: FixedDecimal
    let bid: FixedDecimal
    let ask: FixedDecimal

    static func all(in path: String) throws -> [OptionRow] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { try OptionRow($0) }
    }

    private init(_ line: Substring) throws {
        let cells = line.split(separator: ",")
        guard cells.count == 9, let expiry = CalendarDate(cells[2]), let letter = cells[3].first,
            let right = OptionRight(letter: letter)
        else { throw BenchmarkError("not a position: \(line)") }
        symbol = String(cells[0])
        let root = String(cells[1])
        let contract = Contract(
            underlying: root, root: root, expiry: expiry, strike: try FixedDecimal(cells[4]), right: right,
            premiumMultiplier: 100, deliverables: [Deliverable(symbol: root, amount: 100)])
        terms = InstrumentTerms(kind: .equityOption, symbol: symbol, contract: contract)
        quantity = try FixedDecimal(cells[5])
        average = try FixedDecimal(cells[6])
        bid = try FixedDecimal(cells[7])
        ask = try FixedDecimal(cells[8])
    }

    func position(in account: AccountID, of id: InstrumentID, asOf: Timestamp) -> Position {
        Position(
            key: PositionKey(account, id), quantity: quantity, averageOpenPrice: average,
            basis: Basis(includesFees: false, source: BenchmarkBook.broker.name), asOf: asOf)
    }
}
