import BrokerKit
package import PortfolioModel

/// What a file would change, row by row, against the book as it is.
package struct ImportPreview: Sendable {
    package enum Outcome: String, Sendable, CaseIterable { case new, changed, unchanged, duplicate, refused, ignored }

    package struct Row: Sendable {
        package var firstLine: Int
        package var lastLine: Int
        package var outcome: Outcome
        package var reason: String?
        package var field: String?
        package var account: AccountKey?
        /// The instrument's symbol as the master knows it, or the file's word for cash.
        package var symbol: String?
        package var quantity: FixedDecimal?
        /// Quantity held before, where the row changes one.
        package var held: FixedDecimal?
    }

    package private(set) var rows: [Row] = []
    /// Positions held of the file's accounts that the file no longer lists.
    package private(set) var closing: [(account: AccountKey, symbol: String, quantity: FixedDecimal)] = []
    /// Cash held of the file's accounts that the file no longer states.
    package private(set) var closingCash: [(account: AccountKey, cash: FixedDecimal, currency: Currency)] = []

    package func count(_ outcome: Outcome) -> Int { rows.count { $0.outcome == outcome } }
    package var refused: [Row] { rows.filter { $0.outcome == .refused } }

    init(
        _ document: ImportDocument, of broker: BrokerID, book: Book, normalizer: inout Normalizer,
        on today: CalendarDate
    ) {
        var listed: Set<PositionKey> = []
        var targets: [PositionKey: VenuePosition] = [:]
        for snapshot in document.snapshots {
            guard let id = normalizer.knownAccount(snapshot.account.number, broker) else { continue }
            for position in snapshot.positions {
                guard let instrument = normalizer.resolve(position.instrument, from: broker, on: today) else {
                    continue
                }
                targets[PositionKey(id, instrument)] = position
            }
        }
        for row in document.rows {
            rows.append(
                Self.row(row, broker, book, &normalizer, today, targets: targets, listed: &listed))
        }
        for snapshot in document.snapshots {
            guard let id = normalizer.knownAccount(snapshot.account.number, broker) else { continue }
            for held in book.positions(of: id) where !listed.contains(held.key) {
                closing.append(
                    (AccountKey(broker, snapshot.account.number), book.master[held.instrument].symbol, held.quantity))
            }
            for gone in book.balances(of: id, besides: snapshot.balances.map(\.currency)) where !gone.cash.isZero {
                closingCash.append((AccountKey(broker, snapshot.account.number), gone.cash, gone.key.currency))
            }
        }
    }

    private static func row(
        _ row: ImportRow, _ broker: BrokerID, _ book: Book, _ normalizer: inout Normalizer, _ today: CalendarDate,
        targets: [PositionKey: VenuePosition], listed: inout Set<PositionKey>
    ) -> Row {
        var result = Row(firstLine: row.firstLine, lastLine: row.lastLine, outcome: .ignored)
        switch row.content {
        case .ignored(let why): result.reason = why
        case .refused(let reason, let field, let account):
            result.outcome = .refused
            result.reason = reason
            result.field = field
            result.account = account.map { AccountKey(broker, $0) }
        case .cash(let account, let amount, let symbol):
            result.account = AccountKey(broker, account)
            result.symbol = symbol
            result.quantity = amount
            let id = normalizer.knownAccount(account, broker)
            let known = id.map { id in book.balances.keys.contains { $0.account == id } } ?? false
            result.outcome = !known ? .new : (cashUnchanged(id, amount, book) ? .unchanged : .changed)
        case .position(let account, let venue):
            result.account = AccountKey(broker, account)
            result.quantity = venue.quantity
            result.symbol = venue.instrument.symbol.text
            guard let instrument = normalizer.resolve(venue.instrument, from: broker, on: today) else {
                result.outcome = .refused
                result.field = "Symbol"
                result.reason = normalizer.notes.lines.last ?? "the symbol is not understood"
                return result
            }
            result.symbol = normalizer.master[instrument].symbol
            guard let id = normalizer.knownAccount(account, broker) else {
                result.outcome = .new
                return result
            }
            let key = PositionKey(id, instrument)
            listed.insert(key)
            guard let held = book.positions[key] else {
                result.outcome = .new
                return result
            }
            result.held = held.quantity
            result.outcome = held.agrees(with: targets[key] ?? venue) ? .unchanged : .changed
        }
        return result
    }

    private static func cashUnchanged(_ id: AccountID?, _ amount: FixedDecimal, _ book: Book) -> Bool {
        book.balances.values.contains { balance in
            let pending = balance.pendingCash ?? .zero
            return balance.key.account == id
                && (pending == amount || balance.cash == amount || (try? balance.cash - pending) == amount)
        }
    }
}

extension Position {
    /// Whether a file says of this position what is already held.
    fileprivate func agrees(with venue: VenuePosition) -> Bool {
        quantity == venue.quantity && averageOpenPrice == venue.averageOpenPrice && costBasis == venue.costBasis
            && brokerMark == venue.brokerMark
    }
}
