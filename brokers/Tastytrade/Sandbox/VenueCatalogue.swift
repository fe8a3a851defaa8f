import Sandbox

/// The venue's symbols of everything in the market, both ways.
struct VenueCatalogue: Sendable {
    /// `SPY`, `SPY   261218C00600000`, `/ESZ6`, `./ESZ6 EW4X6 261127P5900`, `BTC/USD`; by instrument.
    let symbols: [String]
    /// `SPY`, `.SPY261218C600`, `/ESZ26:XCME`, `./EW4X26P5900:XCME`, `BTC/USD:CXTALP`; by instrument.
    let streamerSymbols: [String]
    private let bySymbol: [String: Int]
    private let byStreamerSymbol: [String: Int]

    init(_ instruments: [MarketInstrument]) {
        let symbols = instruments.map { Self.symbol($0, in: instruments) }
        let streamerSymbols = instruments.map { Self.streamerSymbol($0) }
        self.symbols = symbols
        self.streamerSymbols = streamerSymbols
        bySymbol = Dictionary(zip(symbols, symbols.indices), uniquingKeysWith: { first, _ in first })
        byStreamerSymbol = Dictionary(
            zip(streamerSymbols, streamerSymbols.indices), uniquingKeysWith: { first, _ in first })
    }

    func instrument(symbol: String) -> Int? { bySymbol[symbol] }
    func instrument(streamerSymbol: String) -> Int? { byStreamerSymbol[streamerSymbol] }

    /// `EW4X6`: a future option's root with its month and one-digit year.
    static func optionContract(_ option: MarketInstrument.Option, yearDigits: Int = 1) -> String {
        let parts = option.expiry.parts
        return option.root + code(month: parts.month, year: parts.year, digits: yearDigits)
    }

    private static func symbol(_ instrument: MarketInstrument, in all: [MarketInstrument]) -> String {
        switch instrument.kind {
        case .equity, .index, .crypto: return instrument.name
        case .future(let future):
            return "/" + future.product + code(month: future.month, year: future.year, digits: 1)
        case .option(let option):
            let digits = String(option.strike.millionths / 1_000)
            let strike = String(repeating: "0", count: 8 - digits.count) + digits
            return padded(option.root) + option.expiry.yymmdd + option.right.rawValue + strike
        case .futureOption(let option):
            let future = symbol(all[instrument.underlying], in: all)
            return "." + padded(future) + padded(optionContract(option)) + option.expiry.yymmdd
                + option.right.rawValue + option.strike.description
        }
    }

    private static func streamerSymbol(_ instrument: MarketInstrument) -> String {
        switch instrument.kind {
        case .equity, .index: return instrument.name
        case .crypto: return instrument.name + ":CXTALP"
        case .future(let future):
            return "/" + future.product + code(month: future.month, year: future.year, digits: 2) + ":XCME"
        case .option(let option):
            return "." + option.root + option.expiry.yymmdd + option.right.rawValue + option.strike.description
        case .futureOption(let option):
            return "./" + optionContract(option, yearDigits: 2) + option.right.rawValue
                + option.strike.description + ":XCME"
        }
    }

    private static func code(month: Int, year: Int, digits: Int) -> String {
        let letter = Array("FGHJKMNQUVXZ")[month - 1]
        return digits == 1 ? "\(letter)\(year % 10)" : "\(letter)\(year % 100)"
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, 6 - text.count))
    }
}
