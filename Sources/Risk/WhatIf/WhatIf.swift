package import PortfolioModel
import Pricing

/// A basket of hypothetical legs on top of a real book. The book it gives is a copy with one account more; nothing of
/// it reaches the real one.
package struct WhatIf: Sendable {
    package static let broker = BrokerID("what-if")
    package static let account = AccountID("what-if")

    /// The engine over the changed copy.
    package private(set) var engine: RiskEngine
    /// How legs without a market were priced, and which could not be.
    package private(set) var notes: [String] = []
    /// Legs that nothing is paid for, as what they cost is unknown: cash is without them. Named as positions are.
    package private(set) var unpaid: [String] = []

    /// Throws `HypotheticalLeg.Mistake` for a leg whose instrument cannot be told.
    package init(_ legs: [HypotheticalLeg], on real: RiskEngine) throws(HypotheticalLeg.Mistake) {
        engine = real
        var book = WhatIfBook(real.book, at: real.now)
        var prices: [InstrumentID: FixedDecimal] = [:]
        let present = real.view(at: real.now)
        for leg in legs {
            let id = try book.add(leg)
            if let price = leg.price ?? notional(id, book, present) { prices[id] = price }
        }
        // Marks of legs without a stated price come from the book that holds them.
        let rows = real.restated(book.book, at: real.now).view(at: real.now).positions
        for row in rows where row.account.id == Self.account && prices[row.instrument.id] == nil {
            let id = row.instrument.id
            prices[id] = row.mark.value.value
            guard row.mark.value.value == nil else { continue }
            // Where no market prices it, its holder's broker may.
            let held = rows.first {
                $0.account.id != Self.account && $0.instrument.id == id && $0.mark.value.value != nil
            }
            if let held, let mark = held.mark.value.value {
                prices[id] = mark
                book.quote(id, mark)
                notes.append(
                    "\(row.instrument.name) is not quoted: priced at \(mark), the mark in \(held.account.id)")
            } else {
                notes.append("\(row.instrument.name) has no price: state one with @PRICE")
            }
        }
        unpaid = book.settle(prices).map { "\(Self.account) \($0)" }
        engine = real.restated(book.book, at: real.now)
    }

    /// The price of an option that nobody quotes, at the volatility of the nearest one of its underlying.
    private mutating func notional(
        _ id: InstrumentID, _ book: WhatIfBook, _ present: PortfolioView
    ) -> FixedDecimal? {
        let instrument = book.book.master[id]
        guard instrument.kind.isOption, book.book.markets[id].quote == nil else { return nil }
        let neighbour = NeighbourVolatility(present, of: instrument)
        let underlying = instrument.underlying.flatMap { book.book.master.contains($0) ? book.book.master[$0] : nil }
        let resolver = GreeksResolver(
            marking: Marking(settings: engine.settings, moment: engine.moment), markets: book.book.markets)
        var memory = RiskMemory()
        memory.strips = ParityStrips(book.book.master)
        guard let neighbour,
            let terms = try? OptionTerms(instrument, underlying: underlying, engine.settings.model.cutoffs),
            let model = try? terms.model(at: neighbour.price, resolver.modelMarket(of: instrument, terms, &memory)),
            let price = FixedDecimal(approximating: model.price(volatility: neighbour.volatility)),
            let rounded = try? price.rounded(toPlaces: 4, .halfEven), rounded > .zero
        else { return nil }
        notes.append(
            "\(instrument.name) is not quoted: priced at \(rounded), the volatility of \(neighbour.name)")
        return rounded
    }
}
