/// Everything the service holds, as one value: what the supervisor keeps, the store restores and the risk engine reads.
/// It changes only by `apply`, so that every copy that applied the same changes is the same book.
package struct Book: Sendable {
    /// Number of the last update applied; grows by one each.
    package private(set) var sequence: UInt64 = 0
    /// When that update was made.
    package private(set) var updatedAt: Timestamp?
    package private(set) var base: Currency
    package private(set) var master = InstrumentMaster()
    package private(set) var accounts: [AccountID: Account] = [:]
    package private(set) var positions: [PositionKey: Position] = [:]
    package private(set) var balances: [Balance.Key: Balance] = [:]
    package private(set) var figures: [AccountID: AccountFigures] = [:]
    package private(set) var markets = MarketTable()
    package private(set) var rates = FXTable()
    package private(set) var recentRates = RecentRates()
    package private(set) var brokers: [BrokerID: BrokerStatus] = [:]

    package init(base: Currency) { self.base = base }

    package var sortedAccounts: [Account] { accounts.values.sorted { $0.id < $1.id } }
    package var sortedPositions: [Position] { positions.values.sorted { $0.key < $1.key } }

    package func positions(of account: AccountID) -> [Position] {
        positions.values.filter { $0.account == account }.sorted { $0.key < $1.key }
    }

    /// The balances held of an account in other currencies than these.
    package func balances(of account: AccountID, besides stated: some Sequence<Currency>) -> [Balance] {
        let stated = Set(stated)
        return balances.values.filter { $0.key.account == account && !stated.contains($0.key.currency) }
            .sorted { $0.key < $1.key }
    }

    package func account(for key: AccountKey) -> Account? { accounts.values.first { $0.key == key } }

    /// States the instant and the rules by which the rates held are fresh or stale; what is held stays as it is.
    package mutating func measureRates(at now: Timestamp, by rules: FXRules) {
        rates.measure(at: now, by: rules, base: base)
    }

    /// Applies one numbered update. A gap or repetition is refused: the reader must ask for a snapshot.
    package mutating func apply(_ update: PortfolioUpdate) throws(BookError) {
        guard update.sequence == sequence + 1 else {
            throw .sequenceGap(expected: sequence + 1, found: update.sequence)
        }
        for change in update.changes { try apply(change) }
        sequence = update.sequence
        updatedAt = update.at
    }

    /// Applies changes outside the numbering: restoring a stored book before the first update.
    package mutating func restore(_ changes: some Sequence<BookChange>, sequence: UInt64) throws(BookError) {
        for change in changes { try apply(change) }
        self.sequence = sequence
    }

    private mutating func apply(_ change: BookChange) throws(BookError) {
        switch change {
        case .instrument(let row):
            do { try master.install(row) } catch { throw .master(error) }
        case .account(let account): accounts[account.id] = account
        case .position(let position):
            try requireAccount(position.account)
            positions[position.key] = position
        case .positionClosed(let key): positions[key] = nil
        case .balance(let balance):
            try requireAccount(balance.key.account)
            balances[balance.key] = balance
        case .balanceClosed(let key): balances[key] = nil
        case .figures(let figures):
            try requireAccount(figures.account)
            self.figures[figures.account] = figures
        case .market(let batch): markets.apply(batch, instrumentCount: master.instruments.count)
        case .marketRestored(let id, let market): markets.set(market, for: id)
        case .feedSilent(let source): markets.markSilent(source)
        case .rate(let rate):
            rates.set(rate)
            recentRates.take(rate)
        case .earlierRates(let rates): for rate in rates { recentRates.take(rate) }
        case .broker(let status): brokers[status.broker] = status
        case .transaction, .prices, .imported: break
        }
    }

    mutating func keep(_ wanted: Set<AccountID>) {
        accounts = accounts.filter { wanted.contains($0.key) }
        positions = positions.filter { wanted.contains($0.key.account) }
        balances = balances.filter { wanted.contains($0.key.account) }
        figures = figures.filter { wanted.contains($0.key) }
    }

    mutating func report(in currency: Currency) { base = currency }

    private func requireAccount(_ id: AccountID) throws(BookError) {
        if accounts[id] == nil { throw .unknownAccount(id) }
    }
}

/// One thing that changed in the book.
package enum BookChange: Sendable, Hashable, Codable {
    case instrument(Instrument)
    case account(Account)
    case position(Position)
    case positionClosed(PositionKey)
    case balance(Balance)
    case balanceClosed(Balance.Key)
    case figures(AccountFigures)
    case market(MarketBatch)
    case marketRestored(InstrumentID, InstrumentMarket)
    case feedSilent(BrokerID)
    case rate(FXRate)
    /// Rates of days before, as a store kept them; the present ones stay as they are.
    case earlierRates([FXRate])
    case broker(BrokerStatus)
    case transaction(Transaction)
    /// Daily closes; kept by the store, not by the book.
    case prices([DailyPrice])
    /// The file that the changes of this update came from; kept by the store, not by the book.
    case imported(ImportBatch)
}

/// One atomic step of the book: nobody sees half of it.
package struct PortfolioUpdate: Sendable {
    package let sequence: UInt64
    package let at: Timestamp
    package let changes: [BookChange]

    package init(sequence: UInt64, at: Timestamp, changes: [BookChange]) {
        self.sequence = sequence
        self.at = at
        self.changes = changes
    }
}

/// Why a change does not fit the book. The book is then to be rebuilt from a snapshot.
package enum BookError: Error, Sendable, Equatable {
    case sequenceGap(expected: UInt64, found: UInt64)
    case unknownAccount(AccountID)
    case master(MasterError)
}
