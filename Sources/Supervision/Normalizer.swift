package import BrokerKit
package import PortfolioModel

/// Turns one broker's words into changes of the book. A pure value: no await, no clock; the supervisor drives it.
package struct Normalizer: Sendable {
    /// The master as it is becoming; the book receives each changed row.
    private(set) var master: InstrumentMaster
    private var accountIDs: [AccountKey: AccountID] = [:]
    private var ordinals: [BrokerID: Int] = [:]
    private var declared: [AccountKey: AccountDeclaration]
    private var symbologies: [BrokerID: any Symbology]
    private var dayLedger = DayLedger()
    /// Transactions already told in this run, so that re-reading writes nothing; one that changed is told again.
    private var told: [AccountID: [String: VenueTransaction]] = [:]
    /// What deserves a person's eye, newest last; bounded.
    package private(set) var notes = NoteBook()

    package init(
        book: Book, symbologies: [BrokerID: any Symbology], declared: [AccountKey: AccountDeclaration] = [:]
    ) {
        master = book.master
        self.symbologies = symbologies
        self.declared = declared
        for account in book.sortedAccounts { remember(account) }
    }

    private mutating func remember(_ account: Account) {
        accountIDs[account.key] = account.id
        let ordinal = Int(account.id.text.split(separator: "-").last ?? "") ?? 0
        ordinals[account.key.broker] = max(ordinals[account.key.broker] ?? 0, ordinal)
    }

    /// All changes one event makes, in an order in which they can be applied.
    package mutating func changes(
        for event: BrokerEvent, from broker: BrokerID, in book: Book, on today: CalendarDate, at now: Timestamp
    ) -> [BookChange] {
        switch event {
        case .accounts(let accounts):
            return accounts.map { .account(account($0, of: broker, in: book)) }
        case .snapshot(let snapshot):
            return changes(for: snapshot, from: broker, in: book, on: today)
        case .positions(let number, let positions):
            return positionChanges(positions, number, broker, in: book, on: today)
        case .balances(let number, let balances, let figures, let asOf):
            guard let id = knownAccount(number, broker) else { return [] }
            return balanceChanges(balances, figures, of: id, asOf: asOf, replacing: nil)
        case .transactions(let number, let rows):
            return transactionChanges(rows, number, broker, in: book, on: today, at: now)
        case .market(let batch): return [.market(batch)]
        case .instruments(let described):
            for instrument in described { _ = resolve(instrument, from: broker, on: today) }
            return master.takeChanges().map { .instrument($0) }
        case .dailyPrices(let prices):
            let known = prices.filter { master.contains($0.instrument) }
            return known.isEmpty ? [] : [.prices(known)]
        case .feedSilent: return [.feedSilent(broker)]
        case .unreadable(let place, let reason):
            notes.add("\(broker): \(place): \(reason)")
            return []
        case .health, .alive, .stream, .orders: return []
        }
    }

    /// Replaces everything held of one account, by difference: what the snapshot lacks is closed.
    package mutating func changes(
        for snapshot: AccountSnapshot, from broker: BrokerID, in book: Book, on today: CalendarDate
    ) -> [BookChange] {
        var account = account(snapshot.account, of: broker, in: book)
        account.state = .confirmed
        account.asOf = snapshot.asOf
        var changes: [BookChange] = []
        var seen: Set<PositionKey> = []
        for venue in snapshot.positions {
            let position = position(venue, account.id, broker, on: today)
            changes += master.takeChanges().map { .instrument($0) }
            seen.insert(position.key)
            if position.quantity.isZero {
                changes.append(.positionClosed(position.key))
            } else if book.positions[position.key] != position {
                changes.append(.position(position))
            }
        }
        for held in book.positions(of: account.id) where !seen.contains(held.key) {
            changes.append(.positionClosed(held.key))
        }
        changes += balanceChanges(
            snapshot.balances, snapshot.figures, of: account.id, asOf: snapshot.asOf, replacing: book)
        return [.account(account)] + changes
    }

    private mutating func positionChanges(
        _ positions: [VenuePosition], _ number: String, _ broker: BrokerID, in book: Book, on today: CalendarDate
    ) -> [BookChange] {
        guard let id = knownAccount(number, broker) else { return [] }
        var changes: [BookChange] = []
        for venue in positions {
            let position = position(venue, id, broker, on: today)
            changes += master.takeChanges().map { .instrument($0) }
            if let held = book.positions[position.key], held.asOf > position.asOf { continue }
            changes.append(position.quantity.isZero ? .positionClosed(position.key) : .position(position))
        }
        return changes
    }

    private mutating func position(
        _ venue: VenuePosition, _ account: AccountID, _ broker: BrokerID, on today: CalendarDate
    ) -> Position {
        let id = resolve(venue.instrument, from: broker, on: today) ?? unvalued(venue.instrument, broker, on: today)
        let key = PositionKey(account, id)
        return Position(
            key: key, quantity: venue.quantity, averageOpenPrice: venue.averageOpenPrice, costBasis: venue.costBasis,
            basis: venue.basis, priorSettlement: venue.priorSettlement, brokerMark: venue.brokerMark,
            brokerMarkAsOf: venue.brokerMarkAsOf, realizedToday: venue.realizedToday,
            today: dayLedger.activity(of: key, on: today), asOf: venue.asOf)
    }

    /// The master's number of what a broker describes; nil, with a note, when its words cannot be understood. History
    /// may name contracts that are gone, so its rows are read without notes: their description stays.
    package mutating func resolve(
        _ instrument: VenueInstrument, from broker: BrokerID, on today: CalendarDate, notes isNoted: Bool = true
    ) -> InstrumentID? {
        guard let symbology = symbologies[broker] else { return nil }
        do {
            let resolution = master.resolve(try symbology.terms(of: instrument), on: today)
            if let conflict = resolution.conflict { notes.add("\(broker): \(conflict)") }
            return resolution.id
        } catch {
            if isNoted { notes.add("\(broker): \(error)") }
            return nil
        }
    }

    /// The row of a security that nobody may hold, by its symbol; one is made when none is known.
    package mutating func adopt(_ symbol: String, on today: CalendarDate) -> (id: InstrumentID, changes: [BookChange]) {
        let known = master.instruments.first { $0.symbol == symbol && $0.contract == nil }
        let id =
            known?.id
            ?? master.resolve(InstrumentTerms(kind: .equity, kindIsCertain: false, symbol: symbol), on: today).id
        return (id, master.takeChanges().map { .instrument($0) })
    }

    /// A row for a holding whose symbol is not understood: it is shown, unvalued, and its total is incomplete.
    private mutating func unvalued(
        _ instrument: VenueInstrument, _ broker: BrokerID, on today: CalendarDate
    ) -> InstrumentID {
        let terms = InstrumentTerms(
            kind: .equity, kindIsCertain: false, symbol: instrument.symbol.text, listing: broker.name,
            name: "not understood")
        return master.resolve(terms, on: today).id
    }

    private func balanceChanges(
        _ balances: [VenueBalance], _ figures: VenueAccountFigures?, of account: AccountID, asOf: Timestamp,
        replacing book: Book?
    ) -> [BookChange] {
        var changes: [BookChange] = []
        for venue in balances {
            let balance = Balance(
                key: .init(account, venue.currency), cash: venue.cash, settledCash: venue.settledCash,
                pendingCash: venue.pendingCash, accruedInterest: venue.accruedInterest, asOf: asOf)
            changes.append(.balance(balance))
        }
        if let book {
            for gone in book.balances(of: account, besides: balances.map(\.currency)) {
                changes.append(.balanceClosed(gone.key))
            }
        }
        if let figures { changes.append(.figures(figures.normalized(account, asOf: asOf))) }
        return changes
    }

    private mutating func transactionChanges(
        _ rows: [VenueTransaction], _ number: String, _ broker: BrokerID, in book: Book, on today: CalendarDate,
        at now: Timestamp
    ) -> [BookChange] {
        guard let account = knownAccount(number, broker) else { return [] }
        var changes: [BookChange] = []
        var affected: Set<InstrumentID> = []
        for row in rows where told[account]?[row.externalID] != row {
            told[account, default: [:]][row.externalID] = row
            let instrument = row.instrument.flatMap { resolve($0, from: broker, on: today, notes: false) }
            changes += master.takeChanges().map { .instrument($0) }
            let transaction = Transaction(
                account: account, externalID: row.externalID, type: row.type, subtype: row.subtype,
                description: row.description, instrument: instrument, quantity: row.quantity, price: row.price,
                netCash: row.netCash, fees: row.fees, currency: row.currency, executedAt: row.executedAt,
                tradeDate: row.tradeDate, receivedAt: now, orderID: row.orderID)
            let isNew = dayLedger.add(transaction, on: today)
            changes.append(.transaction(transaction))
            if isNew, let instrument { affected.insert(instrument) }
        }
        for instrument in affected.sorted() {
            let key = PositionKey(account, instrument)
            guard var position = book.positions[key] else { continue }
            position.today = dayLedger.activity(of: key, on: today)
            changes.append(.position(position))
        }
        return changes
    }

    /// The account as it is held, or a new one under the broker's next ordinal.
    private mutating func account(_ venue: VenueAccount, of broker: BrokerID, in book: Book) -> Account {
        let key = AccountKey(broker, venue.number)
        let declaration = declared[key]
        let id = accountID(key)
        var account = book.accounts[id] ?? Account(id: id, key: key)
        account.name = declaration?.name ?? venue.name ?? account.name
        account.taxStatus = declaration?.taxStatus ?? venue.taxStatus ?? account.taxStatus
        account.currency = declaration?.currency ?? venue.currency ?? account.currency
        return account
    }

    package func knownAccount(_ number: String, _ broker: BrokerID) -> AccountID? {
        accountIDs[AccountKey(broker, number)]
    }

    private mutating func accountID(_ key: AccountKey) -> AccountID {
        if let id = accountIDs[key] { return id }
        let ordinal = (ordinals[key.broker] ?? 0) + 1
        let id = AccountID("\(key.broker)-\(ordinal)")
        ordinals[key.broker] = ordinal
        accountIDs[key] = id
        return id
    }
}

/// What configuration says of an account, which overrules what its broker says.
package struct AccountDeclaration: Sendable, Hashable {
    package var name: String?
    package var taxStatus: Account.TaxStatus?
    package var currency: Currency?

    package init(name: String? = nil, taxStatus: Account.TaxStatus? = nil, currency: Currency? = nil) {
        self.name = name
        self.taxStatus = taxStatus
        self.currency = currency
    }
}

extension VenueAccountFigures {
    func normalized(_ account: AccountID, asOf: Timestamp) -> AccountFigures {
        AccountFigures(
            account: account, netLiquidation: netLiquidation, equityBuyingPower: equityBuyingPower,
            derivativeBuyingPower: derivativeBuyingPower, usedDerivativeBuyingPower: usedDerivativeBuyingPower,
            initialMargin: initialMargin, maintenanceMargin: maintenanceMargin,
            isPatternDayTrader: isPatternDayTrader, asOf: asOf)
    }
}
