import Foundation

extension MarketModel {
    /// What the market shows of an instrument now.
    package func quote(of instrument: Int) -> MarketQuote {
        var quote: MarketQuote
        if let row = fixed[instrument] {
            quote = row.quote(openInterest: openInterest(of: instrument))
        } else if instruments[instrument].option != nil {
            quote = optionQuote(of: instrument)
        } else {
            quote = spotQuote(of: instrument)
        }
        switch faults[instrument] {
        case .crossed: (quote.bid, quote.ask) = (quote.ask.map { $0 + SandboxAmount(1) }, quote.bid)
        case .zero: (quote.bid, quote.ask) = (.zero, .zero)
        case .spike: (quote.bid, quote.ask) = (quote.bid.map { $0 + $0 }, quote.ask.map { $0 + $0 })
        case .notANumber, nil: break
        }
        return quote
    }

    private func spotQuote(of index: Int) -> MarketQuote {
        let state = spots[index]
        let instrument = instruments[index]
        let tick = instrument.tick(at: .zero)
        func rounded(_ price: Double) -> SandboxAmount { SandboxAmount(rounding: price).rounded(toTick: tick) }
        let last = rounded(state.price)
        let hasBook = !instrument.isIndex
        return MarketQuote(
            bid: hasBook ? last - tick : nil, ask: hasBook ? last + tick : nil,
            bidSize: hasBook ? 100 + (generation * 37 + index) % 900 : 0,
            askSize: hasBook ? 100 + (generation * 53 + index) % 900 : 0,
            last: last, dayOpen: rounded(state.open), dayHigh: rounded(state.high), dayLow: rounded(state.low),
            previousClose: rounded(state.previousClose), volume: 1_000_000 + steps * (100 + index),
            openInterest: instrument.future == nil ? 0 : 2_000_000, mark: last)
    }

    private func optionQuote(of index: Int) -> MarketQuote {
        let instrument = instruments[index]
        let value = theoreticalPrice(of: index) ?? 0
        let book = Self.book(round: value, instrument: instrument)
        let mid = SandboxAmount(millionths: (book.bid + book.ask).millionths / 2)
        let hasTraded = book.bid > .zero && (index % 7 != 0)
        return MarketQuote(
            bid: book.bid, ask: book.ask, bidSize: book.bid == .zero ? 0 : 10 + index % 90, askSize: 10 + index % 70,
            last: hasTraded ? book.bid : nil, dayOpen: nil, dayHigh: nil, dayLow: nil,
            previousClose: previousClose(of: index), volume: hasTraded ? index % 5_000 : 0,
            openInterest: openInterest(of: index), mark: mid)
    }

    /// Bid and ask on ticks round a value: about half a percent wide at least one tick each side. A value below half a
    /// tick has a bid of 0 with an ask.
    static func book(round value: Double, instrument: MarketInstrument) -> (bid: SandboxAmount, ask: SandboxAmount) {
        let tick = instrument.tick(at: SandboxAmount(rounding: value)).millionths
        let half = max(value * 1_000_000 * 0.004, Double(tick) * 0.5)
        let bid = Int64(((value * 1_000_000 - half) / Double(tick)).rounded(.down)) * tick
        let ask = Int64(((value * 1_000_000 + half) / Double(tick)).rounded(.up)) * tick
        return (SandboxAmount(millionths: max(0, bid)), SandboxAmount(millionths: max(ask, max(0, bid) + tick)))
    }

    /// Yesterday's settlement: the value a session earlier at the previous spot, on a tick.
    private func previousClose(of index: Int) -> SandboxAmount {
        let instrument = instruments[index]
        let then = date.previousSession.newYork(hour: 16, minute: 0)
        guard let formula = formula(of: index, at: then) else { return .zero }
        let spot = spots[instrument.underlying].previousClose
        let volatility = VolatilitySurface().volatility(
            base: specs[instrument.underlying].volatility, strike: formula.strike,
            forward: formula.forward(spot: spot), years: formula.years)
        let value = SandboxAmount(rounding: formula.price(spot: spot, volatility: volatility))
        return value.rounded(toTick: instrument.tick(at: value))
    }

    private func openInterest(of index: Int) -> Int {
        instruments[index].option == nil ? 0 : 50 + (index * 7_919) % 40_000
    }
}
