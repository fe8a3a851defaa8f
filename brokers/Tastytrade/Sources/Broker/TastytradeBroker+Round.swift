import BrokerKit
import PortfolioModel

extension TastytradeBroker {
    /// Reads every account whole and delivers each as soon as it is complete. An account of which any part failed is
    /// left as it was; the others are delivered all the same, and the round throws `accounts-failed` at its end.
    func fullRound(_ sink: any BrokerSink) async throws {
        do {
            let failures = try await readAccounts(sink)
            health.roundSucceeded(at: clock.uptime(), partialFailure: failures)
            reported.isAlive = true
            if let failures { throw BrokerError(.retryable, code: "accounts-failed", failures) }
        } catch let error as BrokerError {
            if error.code != "accounts-failed" { health.roundFailed(error) }
            throw error
        }
    }

    /// In words which accounts failed, if any did. Throws what concerns all of them.
    private func readAccounts(_ sink: any BrokerSink) async throws -> String? {
        let today = clock.date(in: .newYork)
        beginDay(today)
        let accounts = try await openAccounts()
        await accountStreamer.follow(accounts.map(\.number))
        await sink.deliver([.accounts(accounts.map(AccountAdapter.account))])
        var failures: [String] = []
        for account in accounts {
            do {
                try await readAccount(account, today, sink)
            } catch let error as BrokerError {
                let concernsAll = ["rate-limited", "venue-paused"].contains(error.code)
                if error.classification == .needsLogin || concernsAll { throw error }
                failures.append("account \(masked(account.number)): \(error.message)")
            }
        }
        if failures.count == accounts.count, let first = failures.first {
            throw BrokerError(.retryable, code: "no-account-read", first)
        }
        return failures.isEmpty ? nil : failures.joined(separator: "; ")
    }

    private func openAccounts() async throws -> [WireAccount] {
        let listed = try await api.accounts().filter { !$0.isClosed }
        guard let wanted = configuration.accounts else {
            guard !listed.isEmpty else {
                throw BrokerError(.permanent, code: "no-accounts", "this login has no open account")
            }
            return listed
        }
        let numbers = Set(listed.map(\.number))
        let absent = wanted.filter { !numbers.contains($0) }
        guard absent.isEmpty else {
            throw BrokerError(
                .permanent, code: "account-not-found",
                "this login has no open account \(absent.map(masked).joined(separator: ", ")); correct the account list"
            )
        }
        return listed.filter { wanted.contains($0.number) }
    }

    private func readAccount(_ account: WireAccount, _ today: CalendarDate, _ sink: any BrokerSink) async throws {
        let number = account.number
        let requestedAt = clock.uptime()
        let asOf = clock.now()
        let balances = try await api.balances(of: number)
        let positions = try await api.positions(of: number)
        let days = accountsWithHistory.contains(number) ? 0 : configuration.historyDays
        let transactions = try await api.transactions(of: number, from: today.adding(days: -days))
        try await lookUp(positions)
        let events: [BrokerEvent]
        do throws(WireError) {
            events = try snapshotEvents(
                account, balances, positions, transactions, requestedAt: requestedAt, asOf: asOf, today: today)
        } catch {
            throw APIEnvelope.unreadable("account", error)
        }
        await sink.deliver(events)
        accountsWithHistory.insert(number)
        reported.isAlive = true
        await readOrders(number, sink)
    }

    /// Nothing here waits, so that no notification can slip between the merge and the snapshot made of it.
    private func snapshotEvents(
        _ account: WireAccount, _ balances: [WireBalance], _ positions: [WirePosition],
        _ transactions: [WireTransaction], requestedAt: Duration, asOf: Timestamp, today: CalendarDate
    ) throws(WireError) -> [BrokerEvent] {
        let number = account.number
        let heldBalances = ledgers[number, default: AccountLedger()].merge(balances, requestedAt: requestedAt)
        let held = ledgers[number, default: AccountLedger()].merge(positions, requestedAt: requestedAt)
        var snapshot = AccountSnapshot(
            account: AccountAdapter.account(account),
            positions: held.map {
                AccountAdapter.position($0, as: catalogue.describe($0), asOf: asOf, today: today)
            },
            balances: try heldBalances.map(AccountAdapter.balance), asOf: asOf)
        snapshot.figures = AccountAdapter.figures(heldBalances)
        let rows = try transactions.map { (wire) throws(WireError) in
            try AccountAdapter.transaction(wire, as: instrument(of: wire))
        }
        var events: [BrokerEvent] = []
        let futures = underlyingFutures(of: held)
        if !futures.isEmpty { events.append(.instruments(futures)) }
        events.append(.snapshot(snapshot))
        if !rows.isEmpty { events.append(.transactions(account: number, rows)) }
        return events
    }

    private func instrument(of wire: WireTransaction) -> VenueInstrument? {
        guard let symbol = wire.symbol, !symbol.isEmpty else { return nil }
        var instrument = catalogue.described(symbol, type: wire.instrumentType)
        instrument.underlying = instrument.underlying ?? wire.underlyingSymbol
        if instrument.multiplier == nil {
            let held = ledgers.values.lazy.flatMap(\.positions).first { $0.symbol == symbol }
            instrument.multiplier = held?.multiplier
        }
        return instrument
    }

    /// Orders are for display: without them the account is as whole as before.
    private func readOrders(_ number: String, _ sink: any BrokerSink) async {
        do {
            let now = clock.now()
            let orders = try await api.liveOrders(of: number).map { AccountAdapter.order($0, receivedAt: now) }
            await sink.deliver([.orders(account: number, orders)])
        } catch {
            reported.unreadable.append(("orders of account \(masked(number))", "\(error)"))
        }
    }

    private func beginDay(_ today: CalendarDate) {
        if catalogue.begin(day: today) { chains = [:] }
    }
}
