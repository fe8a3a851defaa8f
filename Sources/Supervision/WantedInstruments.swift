package import BrokerKit
package import PortfolioModel

/// Which instruments any account needs priced, and which broker's feed can: so a position at a broker without an API is
/// live.
package struct WantedInstruments: Sendable {
    package init() {}

    /// One request per instrument, by its number: everything held, the underlyings of what is held, and `others`.
    package func requests(
        for book: Book, by symbology: any Symbology, and others: Set<InstrumentID> = []
    ) -> [MarketDataRequest] {
        var wanted = others
        for position in book.positions.values {
            wanted.insert(position.instrument)
            if let underlying = book.master[position.instrument].underlying { wanted.insert(underlying) }
        }
        return wanted.sorted().compactMap { id in
            let instrument = book.master[id]
            let underlying = instrument.underlying.map { book.master[$0] }
            return symbology.marketDataSymbol(of: instrument, underlying: underlying).map {
                MarketDataRequest(handle: id.raw, symbol: $0, kind: instrument.kind)
            }
        }
    }

    /// Of those, what has a history that risk figures need: underlyings, and what is held without one.
    package func histories(
        for book: Book, by symbology: any Symbology, and others: Set<InstrumentID> = []
    ) -> [MarketDataRequest] {
        requests(for: book, by: symbology, and: others).filter {
            switch $0.kind {
            case .equity, .etf, .index, .future, .crypto: true
            case .equityOption, .indexOption, .futureOption, .fund, .bond, .cash: false
            }
        }
    }
}
