import BrokerKit
import PortfolioModel

extension TastytradeBroker: MarketFeedObserver {
    func feedReceived(_ batch: MarketBatch) async {
        health.feedSpoke()
        reported.isAlive = true
        await sink?.deliver([.market(batch)])
    }

    func feedConnected() async { health.feedConnected(at: clock.uptime()) }

    func feedLost(_ message: String) async {
        health.feedLost(message)
        await report(first: [.feedSilent])
    }
}

extension TastytradeBroker: AccountStreamObserver {
    func accountStreamReady() async {
        health.accountStreamReady()
        isRoundWanted = true
    }

    /// A round makes up for what goes unheard, and learns of a token that the venue took back.
    func accountStreamLost(_ message: String) async {
        health.accountStreamLost(message)
        isRoundWanted = true
        await report()
    }

    /// Every notification is a whole object: it replaces what was known unless it is older.
    func accountStreamHeard(_ messages: [AccountStreamMessage]) async {
        let now = clock.now()
        let uptime = clock.uptime()
        let today = MarketZone.newYork.date(of: now)
        var events: [BrokerEvent] = []
        for message in messages {
            switch message {
            case .position(let number, let position):
                events += heard(position, of: number, at: uptime, now, today)
            case .balance(let number, let balance): events += heard(balance, of: number, at: uptime, now)
            case .order(let number, let order):
                guard ledgers[number] != nil else { continue }
                if order.hasFills { isRoundWanted = true }
                events.append(.orders(account: number, [AccountAdapter.order(order, receivedAt: now)]))
            case .unreadable(let reason): events.append(.unreadable(place: "account stream", reason: reason))
            case .ack, .ignored: break
            }
        }
        reported.isAlive = true
        if !events.isEmpty { await sink?.deliver(events) }
    }

    /// An account that was never read whole is left to the round. So is a future that has to be looked up first.
    private func heard(
        _ position: WirePosition, of number: String, at uptime: Duration, _ now: Timestamp, _ today: CalendarDate
    ) -> [BrokerEvent] {
        guard let current = ledgers[number]?.accept(position, at: uptime) else { return [] }
        let isFuture = current.instrumentType == "Future" || current.instrumentType == "Future Option"
        if isFuture, catalogue.known(current.symbol) == nil {
            isRoundWanted = true
            return []
        }
        let instrument = catalogue.describe(current)
        return [
            .positions(
                account: number, [AccountAdapter.position(current, as: instrument, asOf: now, today: today)])
        ]
    }

    private func heard(
        _ balance: WireBalance, of number: String, at uptime: Duration, _ now: Timestamp
    ) -> [BrokerEvent] {
        guard ledgers[number]?.accept(balance, at: uptime) == true else { return [] }
        do {
            let figures = balance.currency == "USD" ? AccountAdapter.figures([balance]) : nil
            return [.balances(account: number, [try AccountAdapter.balance(balance)], figures, asOf: now)]
        } catch {
            return [.unreadable(place: "account stream", reason: "\(error)")]
        }
    }
}
