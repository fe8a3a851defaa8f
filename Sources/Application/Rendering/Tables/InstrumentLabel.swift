import PortfolioModel

/// Instruments as people write them.
enum InstrumentLabel {
    /// `SPY 2026-12-18 570 P`, `SPX (SPXW) 2026-12-18 6000 C`, `AAPL`.
    static func full(_ instrument: InstrumentDocument) -> String {
        guard let right = instrument.right, let strike = instrument.strike, let expiry = instrument.expiry else {
            return instrument.symbol
        }
        return "\(underlying(instrument)) \(expiry) \(strike) \(right.letter)"
    }

    /// An OCC symbol as people write it, any other as it is.
    static func name(_ symbol: String) -> String {
        guard let option = OSISymbol(symbol) else { return symbol }
        return "\(option.root) \(option.expiry) \(option.strike) \(option.right.letter)"
    }

    /// The underlying, with the option root where that is another word.
    static func underlying(_ instrument: InstrumentDocument) -> String {
        let underlying = instrument.underlying ?? instrument.symbol
        guard let osi = instrument.osi else { return underlying }
        let root = osi.prefix { $0 != " " && !$0.isLowercase }.prefix(6)
        let isOther = osi.count == 21 && root != underlying
        return isOther ? "\(underlying) (\(root))" : underlying
    }

    static func moneyness(_ word: String?) -> Cell {
        switch word {
        case "inTheMoney": Cell("ITM", .plain)
        case "atTheMoney": Cell("ATM", .plain)
        case "outOfTheMoney": Cell("OTM", .dim)
        default: .unknown()
        }
    }
}
