package import PortfolioModel

extension RiskEngine {
    /// An engine over another form of the book, with what this one remembers.
    package func restated(_ book: Book, at now: Timestamp) -> RiskEngine {
        RiskEngine(book: book, settings: settings, now: now, memory: memory)
    }
}

extension RiskEngine {
    /// Price of the instrument with a symbol in base currency; of several the one that is quoted. Without a quote the
    /// latest mark of a broker that holds it.
    package func basePrice(of symbol: String) -> Figure<Double> {
        let valuer = PositionValuer(book, settings, moment)
        var reason = "no instrument \(symbol) is followed"
        for instrument in book.master.instruments where instrument.symbol == symbol && !instrument.kind.isOption {
            var price = valuer.price(of: instrument.id)
            if price.value == nil, let mark = brokersMark(of: instrument.id) { price = mark }
            guard let value = price.value?.doubleValue else {
                reason = price.reason ?? reason
                continue
            }
            let rate = book.rates.rate(from: instrument.currency, to: book.base)
            guard let factor = rate.value?.doubleValue else {
                reason = rate.reason ?? reason
                continue
            }
            return .known(
                value * factor, price.state.combined(with: rate.state), asOf: .earliest(price.asOf, rate.asOf),
                source: price.source)
        }
        return .unknown(reason)
    }

    private func brokersMark(of id: InstrumentID) -> Figure<FixedDecimal>? {
        let stated = book.positions.values.compactMap { position -> Figure<FixedDecimal>? in
            guard position.instrument == id, let price = position.brokerMark,
                let account = book.accounts[position.account]
            else { return nil }
            return .known(
                price, account.state, asOf: position.brokerMarkAsOf ?? position.asOf, source: account.key.broker.name)
        }
        return stated.filter { $0.value != nil }.max {
            ($0.asOf ?? Timestamp(microseconds: 0), $0.source) < ($1.asOf ?? Timestamp(microseconds: 0), $1.source)
        }
    }
}
