package import BrokerKit
package import PortfolioModel

/// Tastytrade's symbols and the dxFeed's, to and from instrument terms (protocol notes, section 3). Pure.
package struct TastytradeSymbology: Symbology {
    /// The venue of every captured crypto symbol on the feed.
    static let cryptoVenue = "CXTALP"

    package init() {}

    package func terms(of instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        switch instrument.type ?? Self.impliedType(of: instrument.symbol.text) {
        case "Equity", "Index": return try security(instrument)
        case "Mutual Fund": return try security(instrument)
        case "Equity Option": return try option(instrument)
        case "Future": return try future(instrument)
        case "Future Option": return try futureOption(instrument)
        case "Cryptocurrency": return crypto(instrument)
        case "Currency Pair":
            return InstrumentTerms(
                kind: .cash, symbol: instrument.symbol.text, name: instrument.name, identifiers: identifiers(instrument)
            )
        case "Bond", "Fixed Income Security": return bond(instrument)
        case let type:
            throw SymbologyError(
                symbol: instrument.symbol.text, reason: "instruments of type \"\(type)\" are not understood")
        }
    }

    /// The type a symbol's shape alone shows, for records that do not state it.
    static func impliedType(of symbol: String) -> String {
        if symbol.hasPrefix("./") { return "Future Option" }
        if symbol.hasPrefix("/") { return "Future" }
        if OSISymbol(symbol) != nil { return "Equity Option" }
        if symbol.hasSuffix("/USD") { return "Cryptocurrency" }
        return "Equity"
    }

    /// The ticker with `/` before its class, whichever of `BRK.B`, `BRK B` and `BRK/B` a broker writes.
    static func ticker(_ text: String) -> String {
        String(text.map { $0 == "." || $0 == " " ? "/" : $0 })
    }

    private func security(_ instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let symbol = Self.ticker(instrument.symbol.text)
        guard !symbol.isEmpty else { throw SymbologyError(symbol: "", reason: "the symbol is empty") }
        var kind = instrument.securityKind ?? .equity
        var isCertain = instrument.securityKind != nil
        if instrument.type == "Index" || IndexOptionRoot.isIndex(symbol) { (kind, isCertain) = (.index, true) }
        if instrument.type == "Mutual Fund" { (kind, isCertain) = (.fund, true) }
        var names = identifiers(instrument)
        if kind != .fund, !names.contains(where: { $0.scheme == .dxfeed }), Self.isFeedTicker(symbol) {
            names.append(Identifier(.dxfeed, symbol))
        }
        return InstrumentTerms(
            kind: kind, kindIsCertain: isCertain, symbol: symbol, name: instrument.name, identifiers: names)
    }

    private func bond(_ instrument: VenueInstrument) -> InstrumentTerms {
        let symbol = instrument.cusip ?? instrument.symbol.text
        return InstrumentTerms(
            kind: .bond, symbol: symbol, name: instrument.name, identifiers: identifiers(instrument))
    }

    private func crypto(_ instrument: VenueInstrument) -> InstrumentTerms {
        var names = identifiers(instrument)
        if instrument.streamerSymbol == nil {
            names.append(Identifier(.dxfeed, "\(instrument.symbol.text):\(Self.cryptoVenue)"))
        }
        return InstrumentTerms(
            kind: .crypto, symbol: instrument.symbol.text, name: instrument.name, identifiers: names)
    }

    /// The names every kind has: the venue's own, the feed's where stated, the CUSIP.
    func identifiers(_ instrument: VenueInstrument) -> [Identifier] {
        var names = [Identifier(.tastytrade, instrument.symbol.text)]
        if let streamer = instrument.streamerSymbol { names.append(Identifier(.dxfeed, streamer)) }
        if let cusip = instrument.cusip { names.append(Identifier(.cusip, cusip)) }
        return names
    }

    // MARK: - The feed's names

    package func marketDataSymbol(of instrument: Instrument, underlying: Instrument?) -> VenueSymbol? {
        if let known = instrument.identifier(.dxfeed) { return VenueSymbol(known) }
        switch instrument.kind {
        case .equity, .etf, .index:
            let symbol = Self.ticker(instrument.symbol)
            return Self.isFeedTicker(symbol) ? VenueSymbol(symbol) : nil
        case .equityOption, .indexOption:
            guard let contract = instrument.contract, let strike = contract.strike, let right = contract.right else {
                return nil
            }
            let symbol = OptionFeedSymbol(
                root: contract.root, expiry: contract.expiry, right: right, strike: strike)
            return VenueSymbol(symbol.description)
        case .crypto: return VenueSymbol("\(instrument.symbol):\(Self.cryptoVenue)")
        case .future, .futureOption:
            // The exchange is part of the name, and only the instrument endpoints know it for certain.
            return nil
        case .fund, .bond, .cash: return nil
        }
    }

    /// One to six letters and digits beginning with a letter, and perhaps a class: CUSIPs and blanks are no tickers.
    static func isFeedTicker(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...6).contains(parts[0].count), parts[0].first?.isLetter == true else {
            return false
        }
        let isPlain = parts[0].allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
        guard parts.count == 2 else { return isPlain }
        return isPlain && (1...3).contains(parts[1].count) && parts[1].allSatisfy { $0.isASCII && $0.isUppercase }
    }
}
