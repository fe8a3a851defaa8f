import PortfolioModel
import PortfolioStore
import Risk
import Supervision

/// What must hold after every step, whatever the weather.
enum Invariants {
    /// Checks one moment and returns its totals in words. `isDeep` adds what is too dear for every step: the view from
    /// scratch and the store.
    static func check(
        _ service: SimulatedService, at now: Timestamp, feedMuteSince: Timestamp?, isDeep: Bool
    ) async throws -> String {
        if let fault = await service.risk.fault { throw Violation(fault) }
        let book = await service.supervisor.book
        let view = await service.risk.view(at: now)
        guard view.sequence == book.sequence else {
            throw Violation("the view is at \(view.sequence), the book at \(book.sequence)")
        }
        try sums(view)
        try states(view, book, at: now, feedMuteSince: feedMuteSince)
        try doubles(view)
        if isDeep {
            try same(view, await service.risk.viewFromScratch(at: now))
            try await stored(service, book)
        }
        let totals = view.totals
        return "\(view.sequence) \(totals.netLiquidation.known) \(totals.marketValue.known) "
            + "\(totals.netLiquidation.state.rawValue) \(totals.counts)"
    }

    /// Totals are the sums of their parts, to the last place.
    private static func sums(_ view: PortfolioView) throws {
        let values = view.positions.compactMap(\.marketValue.base.amount.value)
        try require(try FixedDecimal.sum(values) == view.totals.marketValue.known, "market value is not its parts' sum")
        let gains = view.positions.compactMap(\.unrealizedPnL.base.amount.value)
        try require(try FixedDecimal.sum(gains) == view.totals.unrealizedPnL.known, "P&L is not its parts' sum")
        let cash = try FixedDecimal.sum(view.balances.map(\.cash))
        let pending = try FixedDecimal.sum(view.balances.compactMap(\.pendingCash))
        try require(
            view.totals.cash.known == cash || (try cash + pending) == view.totals.cash.known,
            "cash \(view.totals.cash.known) is not the balances' sum \(cash)")
        try require(
            (try view.totals.cash.known + view.totals.marketValue.known) == view.totals.netLiquidation.known,
            "net liquidation is not cash and market value")
        for account in view.accounts {
            let mine = view.positions.filter { $0.account.id == account.account.id }
            let sum = try FixedDecimal.sum(mine.compactMap(\.marketValue.account.amount.value))
            try require(sum == account.marketValue.known, "\(account.account.id)'s market value is not its parts' sum")
        }
        let counts = view.totals.counts
        try require(
            counts.positions == view.positions.count
                && counts.confirmed + counts.stale + counts.unknown == counts.positions, "positions are miscounted")
    }

    /// Nothing stale is shown as live.
    private static func states(
        _ view: PortfolioView, _ book: Book, at now: Timestamp, feedMuteSince: Timestamp?
    ) throws {
        let broker = book.brokers[SimulatedService.tastytrade]
        let isDown = broker.map { [.stale, .needsLogin, .held, .stopped].contains($0.state) } ?? true
        for account in view.accounts where account.account.key.broker == SimulatedService.tastytrade && isDown {
            // A round reads account after account: the first ones are confirmed before the broker is well again.
            let age = account.account.asOf.map { now.seconds(since: $0) } ?? .infinity
            try require(
                account.account.state != .confirmed || age <= 240,
                "\(account.account.id) is confirmed as of \(age) s ago while its broker is not heard")
        }
        // The silence limit, the tick that notices it, and grains of the clock.
        let isFeedGone = feedMuteSince.map { now.seconds(since: $0) > 90 } ?? false
        for row in view.positions where row.mark.rule != .brokerMark {
            guard row.mark.value.state == .confirmed, let asOf = row.mark.value.asOf else { continue }
            try require(!isFeedGone, "\(row.instrument.symbol) is confirmed although no feed has spoken")
            try require(
                now.seconds(since: asOf) <= 900,
                "\(row.instrument.symbol) is confirmed by a quote of \(asOf) at \(now)")
        }
        for row in view.positions {
            try require(
                row.state >= row.mark.value.state, "\(row.instrument.symbol) is shown better than its mark is")
        }
    }

    /// One instrument is one position of an account.
    private static func doubles(_ view: PortfolioView) throws {
        var seen: Set<String> = []
        for row in view.positions {
            let key = "\(row.account.id) \(row.instrument.symbol)"
            try require(seen.insert(key).inserted, "\(key) is held twice")
        }
    }

    private static func same(_ view: PortfolioView, _ other: PortfolioView) throws {
        let (ours, theirs) = (words(view), words(other))
        for (left, right) in zip(ours, theirs) where left != right {
            throw Violation("the view from scratch differs:\n  \(left)\n  \(right)")
        }
        try require(ours.count == theirs.count, "the view from scratch has other rows")
    }

    private static func words(_ view: PortfolioView) -> [String] {
        func text(_ total: MoneyTotal) -> String { "\(total.known) \(total.state) \(total.missing)" }
        return view.positions.map {
            "\($0.account.id) \($0.instrument.symbol) \($0.position.quantity) \($0.mark) \($0.marketValue) "
                + "\($0.dayPnL) \($0.unrealizedPnL) \($0.moneyGreeks.value as Any) \($0.state)"
        }
            + view.accounts.map { "\($0.account.id) \(text($0.netLiquidation)) \(text($0.dayPnL)) \($0.account.state)" }
            + view.groups.map { "\($0.symbol) \($0.underlyingPrice) \($0.delta as Any) \($0.state)" }
            + [view.totals.netLiquidation, view.totals.dayPnL, view.totals.unrealizedPnL].map(text)
            + ["\(view.totals.greeks.known) \(view.totals.counts) \(view.sequence)"]
    }

    /// What is written is what is held, once nothing waits to be written.
    private static func stored(_ service: SimulatedService, _ book: Book) async throws {
        guard await !service.supervisor.notes.contains(where: { $0.hasPrefix("store:") }) else { return }
        var restored = Book(base: .usd)
        let stored = try service.store.loadBook(base: .usd)
        try restored.restore(stored.changes, sequence: stored.sequence)
        try require(restored.master.instruments == book.master.instruments, "the store holds other instruments")
        try require(restored.accounts == book.accounts, "the store holds other accounts")
        try require(restored.positions == book.positions, "the store holds other positions")
        try require(restored.balances == book.balances, "the store holds other balances")
        try require(restored.figures == book.figures, "the store holds other figures")
    }

    /// Every account is what its source says: no event lost, none applied twice.
    static func agreement(_ service: SimulatedService, with venue: VenueBook, _ file: FidelityFile?) async throws {
        let book = await service.supervisor.book
        var expected: [AccountKey: [String: Int]] = [:]
        for number in VenueBook.accounts {
            expected[AccountKey(SimulatedService.tastytrade, number)] = venue.held(by: number)
        }
        if let file { expected[AccountKey(SimulatedService.fidelity, FidelityFile.account)] = file.shares }
        for (key, shares) in expected {
            guard let account = book.account(for: key) else { throw Violation("\(key) is not in the book") }
            try require(account.state == .confirmed, "\(key) is \(account.state) in fair weather")
            var held: [String: FixedDecimal] = [:]
            for position in book.positions(of: account.id) {
                held[book.master[position.instrument].symbol] = position.quantity
            }
            let wanted = shares.mapValues { FixedDecimal($0) }
            try require(held == wanted, "\(key) holds \(held), its source says \(wanted)")
        }
        for (number, cents) in venue.cashCents {
            let id = book.account(for: AccountKey(SimulatedService.tastytrade, number))?.id
            let cash = book.balances.values.first { $0.key.account == id }?.cash
            try require(cash == FixedDecimal(raw64: Int64(cents) * 1_000_000), "the cash of an account differs")
        }
        let broker = book.brokers[SimulatedService.tastytrade]
        try require(broker?.state == .live, "the broker is \(broker?.state.rawValue ?? "unknown") in fair weather")
    }

    private static func require(_ holds: Bool, _ words: @autoclosure () -> String) throws {
        if !holds { throw Violation(words()) }
    }
}
