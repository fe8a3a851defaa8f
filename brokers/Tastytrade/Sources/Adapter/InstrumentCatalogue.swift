import BrokerKit
import PortfolioModel

/// What the instrument endpoints taught, by symbol, for the day. A pure value: the round asks what is missing, looks it
/// up, and reports what it learned or that it learned nothing.
struct InstrumentCatalogue: Sendable {
    /// What to look up. Futures come first: without expiry and multiplier they cannot be shown at all.
    struct Missing: Sendable, Equatable {
        var futures: [String] = []
        var futureOptions: [String] = []
        var equities: [String] = []
        var equityOptions: [String] = []
    }

    private var learned: [String: VenueInstrument] = [:]
    /// Symbols whose lookup failed, with the uptime from which it may be tried again.
    private var retryAt: [String: Duration] = [:]
    private var day: CalendarDate?

    /// Forgets what may have changed over night when the day changes: contracts get adjusted. Futures stay as they are.
    /// True when it did.
    mutating func begin(day: CalendarDate) -> Bool {
        guard self.day != day else { return false }
        self.day = day
        retryAt = [:]
        learned = learned.filter { $0.value.type == "Future" || $0.value.type == "Future Option" }
        return true
    }

    func missing(for positions: [WirePosition], at uptime: Duration) -> Missing {
        var missing = Missing()
        var seen: Set<String> = []
        func wants(_ symbol: String) -> Bool {
            learned[symbol] == nil && (retryAt[symbol] ?? .zero) <= uptime && seen.insert(symbol).inserted
        }
        for position in positions where !position.quantity.isZero {
            let symbol = position.symbol
            switch position.instrumentType {
            case "Future": if wants(symbol) { missing.futures.append(symbol) }
            case "Future Option":
                if wants(symbol) { missing.futureOptions.append(symbol) }
                if let future = FutureOptionSymbol(symbol)?.future.canonical, wants(future) {
                    missing.futures.append(future)
                }
            case "Equity": if wants(symbol) { missing.equities.append(symbol) }
            case "Equity Option": if wants(symbol) { missing.equityOptions.append(symbol) }
            default: break
            }
        }
        return missing
    }

    mutating func learn(_ instrument: VenueInstrument) { learned[instrument.symbol.text] = instrument }

    mutating func failed(_ symbols: [String], until uptime: Duration) {
        for symbol in symbols where learned[symbol] == nil { retryAt[symbol] = uptime }
    }

    func known(_ symbol: String) -> VenueInstrument? { learned[symbol] }

    /// The instrument of a position: what the position states, completed by what was looked up.
    func describe(_ position: WirePosition) -> VenueInstrument {
        var instrument = described(position.symbol, type: position.instrumentType)
        instrument.underlying = position.underlyingSymbol ?? instrument.underlying
        instrument.streamerSymbol = instrument.streamerSymbol ?? position.streamerSymbol
        instrument.multiplier = position.multiplier ?? instrument.multiplier
        if instrument.expiry == nil, let expires = position.expiresAt {
            instrument.expiry = MarketZone.newYork.date(of: expires)
        }
        return instrument
    }

    /// The instrument of a record that states little more than a symbol, such as a transaction.
    func described(_ symbol: String, type: String?) -> VenueInstrument {
        var instrument = learned[symbol] ?? VenueInstrument(symbol: VenueSymbol(symbol))
        instrument.type = type ?? instrument.type
        return instrument
    }
}
