package import BrokerKit
package import PortfolioModel

/// Fidelity's symbols as instrument terms. Fidelity prices nothing for us, so there is no way back.
package struct FidelitySymbology: Symbology {
    /// Currency per 1.00 of premium of every option at Fidelity. What an adjusted contract delivers the files do not
    /// say.
    package static let optionMultiplier: FixedDecimal = 100

    package init() {}

    /// Throws for core cash (a balance, not an instrument) and for texts of no known form.
    package func terms(of instrument: VenueInstrument) throws(SymbologyError) -> InstrumentTerms {
        let text = instrument.symbol.text
        switch FidelitySymbol(text) {
        case .option(let option): return try terms(of: option, name: instrument.name)
        case .cusip(let cusip): return terms(ofCUSIP: cusip, instrument)
        case .ticker(let ticker): return terms(ofTicker: ticker, instrument)
        case .core: throw SymbologyError(symbol: text, reason: "core cash is a balance, not an instrument")
        case nil:
            throw SymbologyError(symbol: text, reason: "neither a ticker, a CUSIP nor an option of Fidelity's form")
        }
    }

    package func marketDataSymbol(of instrument: Instrument, underlying: Instrument?) -> VenueSymbol? { nil }

    private func terms(of option: FidelityOptionSymbol, name: String?) throws(SymbologyError) -> InstrumentTerms {
        let symbol = option.description
        guard
            let osi = OSISymbol(root: option.root, expiry: option.expiry, right: option.right, strike: option.strike)
        else { throw SymbologyError(symbol: symbol, reason: "root or strike does not fit the 21 characters of OSI") }
        let index = IndexOptionRoot.terms(of: option.root)
        let underlying = index?.underlying ?? (option.isAdjusted ? String(option.root.dropLast()) : option.root)
        var contract = Contract(
            underlying: underlying, root: option.root, expiry: option.expiry, strike: option.strike,
            right: option.right, premiumMultiplier: Self.optionMultiplier)
        if let index {
            // OEX alone of the listed index roots is American (Cboe contract specifications).
            contract.exerciseStyle = option.root == "OEX" ? .american : .european
            contract.settlement = index.settlement
            contract.deliverables = []
        } else {
            contract.exerciseStyle = .american
            contract.settlement = Settlement(.physical)
            contract.deliverables =
                option.isAdjusted ? nil : [Deliverable(symbol: underlying, amount: Self.optionMultiplier)]
        }
        return InstrumentTerms(
            kind: index == nil ? .equityOption : .indexOption, symbol: osi.description, name: name, contract: contract,
            identifiers: [Identifier(.fidelity, symbol), Identifier(.osi, osi.description)])
    }

    private func terms(ofCUSIP cusip: String, _ instrument: VenueInstrument) -> InstrumentTerms {
        // 912 is the Treasury's; what else carries a CUSIP in place of a ticker is mostly a fund of a workplace plan.
        let kind = instrument.securityKind ?? (cusip.hasPrefix("912") ? .bond : .fund)
        return InstrumentTerms(
            kind: kind, kindIsCertain: false, symbol: cusip, name: instrument.name,
            identifiers: [Identifier(.fidelity, cusip), Identifier(.cusip, cusip)])
    }

    private func terms(ofTicker ticker: String, _ instrument: VenueInstrument) -> InstrumentTerms {
        let symbol = String(ticker.map { $0 == "." ? "/" : $0 })
        var identifiers = [Identifier(.fidelity, ticker)]
        if let cusip = instrument.cusip { identifiers.append(Identifier(.cusip, cusip)) }
        let isFund = symbol.utf8.count == 5 && symbol.hasSuffix("X") && symbol.utf8.allSatisfy { !$0.isDigit }
        return InstrumentTerms(
            kind: instrument.securityKind ?? (isFund ? .fund : .equity),
            kindIsCertain: instrument.securityKind == .crypto,
            symbol: symbol, name: instrument.name, identifiers: identifiers)
    }
}
