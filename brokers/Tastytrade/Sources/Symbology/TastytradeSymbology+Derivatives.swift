import BrokerKit
import PortfolioModel

extension TastytradeSymbology {
    /// An equity or index option from its OCC symbol; the venue's statements overrule what the root implies.
    func option(_ instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let text = instrument.symbol.text
        guard let osi = OSISymbol(text) else {
            throw SymbologyError(symbol: text, reason: "not an OCC option symbol")
        }
        let root = OptionRoot(text: osi.root)
        let isIndex = root.index != nil || instrument.securityKind == .index
        let underlying = root.index?.underlying ?? instrument.underlying.map(Self.ticker) ?? root.underlying
        let isStandard = !root.isAdjusted && !root.isFlex
        guard let multiplier = instrument.multiplier ?? (isStandard ? FixedDecimal(100) : nil), multiplier > .zero
        else {
            throw SymbologyError(symbol: text, reason: "an adjusted contract without its multiplier")
        }
        let implied: [Deliverable]? =
            isIndex ? [] : isStandard ? [Deliverable(symbol: underlying, amount: multiplier)] : nil
        let style: ExerciseStyle? =
            root.index != nil ? (osi.root == "OEX" ? .american : .european) : isStandard && !isIndex ? .american : nil
        let settlement: Settlement? =
            root.index?.settlement ?? instrument.settlement ?? (isStandard && !isIndex ? Settlement(.physical) : nil)
        var names = identifiers(instrument)
        names.append(Identifier(.osi, osi.description))
        if instrument.streamerSymbol == nil {
            names.append(Identifier(.dxfeed, OptionFeedSymbol(osi).description))
        }
        return InstrumentTerms(
            kind: isIndex ? .indexOption : .equityOption, symbol: osi.description, name: instrument.name,
            contract: Contract(
                underlying: underlying, root: osi.root, expiry: osi.expiry, strike: osi.strike, right: osi.right,
                exerciseStyle: root.index == nil ? instrument.exerciseStyle ?? style : style, settlement: settlement,
                premiumMultiplier: multiplier, deliverables: isIndex ? [] : instrument.deliverables ?? implied),
            identifiers: names)
    }

    /// A future. Its symbol states neither the day of expiry nor the multiplier, so both must have been looked up.
    func future(_ instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let text = instrument.symbol.text
        guard let symbol = FutureSymbol(text) else {
            throw SymbologyError(symbol: text, reason: "not a future's symbol")
        }
        guard let expiry = instrument.expiry else {
            throw SymbologyError(symbol: text, reason: "the future's expiry is not known yet")
        }
        guard let multiplier = instrument.multiplier, multiplier > .zero else {
            throw SymbologyError(symbol: text, reason: "the future's multiplier is not known yet")
        }
        var names = identifiers(instrument)
        if instrument.streamerSymbol == nil, let exchange = symbol.exchange {
            let year = symbol.year(notBefore: expiry.components.year)
            names.append(Identifier(.dxfeed, symbol.streamerSymbol(year: year, exchange: exchange)))
        }
        return InstrumentTerms(
            kind: .future, symbol: symbol.canonical, name: instrument.name,
            contract: Contract(
                underlying: symbol.product, root: symbol.product, expiry: expiry, settlement: instrument.settlement,
                premiumMultiplier: multiplier, deliverables: []),
            identifiers: names)
    }

    /// An option on a future: it delivers one future.
    func futureOption(_ instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let text = instrument.symbol.text
        guard let symbol = FutureOptionSymbol(text) else {
            throw SymbologyError(symbol: text, reason: "not a future option's symbol")
        }
        guard let multiplier = instrument.multiplier, multiplier > .zero else {
            throw SymbologyError(symbol: text, reason: "the future option's multiplier is not known yet")
        }
        var names = identifiers(instrument)
        if instrument.streamerSymbol == nil, let exchange = symbol.future.exchange {
            names.append(Identifier(.dxfeed, symbol.streamerSymbol(exchange: exchange)))
        }
        let future = symbol.future.canonical
        return InstrumentTerms(
            kind: .futureOption, symbol: text, name: instrument.name,
            contract: Contract(
                underlying: future, root: symbol.productCode, expiry: symbol.expiry, strike: symbol.strike,
                right: symbol.right, exerciseStyle: instrument.exerciseStyle, settlement: instrument.settlement,
                premiumMultiplier: multiplier,
                deliverables: instrument.deliverables ?? [Deliverable(symbol: future, amount: .one)]),
            identifiers: names)
    }
}
