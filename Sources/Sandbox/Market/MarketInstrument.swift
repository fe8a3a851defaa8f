/// Something the simulated market quotes, in nobody's symbols: each broker's sandbox names it in its own.
package struct MarketInstrument: Sendable, Identifiable {
    package enum Right: String, Sendable {
        case call = "C"
        case put = "P"
    }

    package enum Settlement: String, Sendable {
        case morning = "AM"
        case evening = "PM"
    }

    package struct Future: Sendable, Hashable {
        /// `ES`.
        package var product: String
        /// Its delivery month, from 1, and year.
        package var month: Int
        package var year: Int
        package var expiry: MarketDate
    }

    package struct Option: Sendable, Hashable {
        /// `SPY`, `SPXW`, `ABC1`; of an option on a future the contract without its month, `ES`, `EW4`, `E1A`.
        package var root: String
        package var expiry: MarketDate
        package var strike: SandboxAmount
        package var right: Right
        package var settlement: Settlement
        package var isEuropean: Bool
        /// Units of the underlying that exercise delivers; of an option on a future, its units of price.
        package var deliverable: Int
        /// Whether the contract delivers something else than its premium multiplier says.
        package var isAdjusted: Bool
    }

    package enum Kind: Sendable {
        case equity(isFund: Bool)
        case index
        case crypto
        case future(Future)
        case option(Option)
        case futureOption(Option)
    }

    /// Its place in the market's list.
    package let id: Int
    package let kind: Kind
    /// A stock's, index's or pair's name, `SPY`, `BTC/USD`; a future's product, `ES`; an option's root.
    package let name: String
    package let description: String
    /// What an option is on, or what an index future follows; itself otherwise.
    package let underlying: Int
    /// Currency per 1.00 of quoted price per unit.
    package let multiplier: Int

    package init(id: Int, kind: Kind, name: String, description: String, underlying: Int, multiplier: Int) {
        self.id = id
        self.kind = kind
        self.name = name
        self.description = description
        self.underlying = underlying
        self.multiplier = multiplier
    }

    package var option: Option? {
        switch kind {
        case .option(let option), .futureOption(let option): option
        default: nil
        }
    }

    package var future: Future? {
        if case .future(let future) = kind { return future }
        return nil
    }

    package var isFutureOption: Bool {
        if case .futureOption = kind { return true }
        return false
    }

    package var isIndex: Bool {
        if case .index = kind { return true }
        return false
    }

    /// The smallest step of its price at a price.
    package func tick(at price: SandboxAmount) -> SandboxAmount {
        switch kind {
        case .equity, .crypto, .index: SandboxAmount(millionths: 10_000)
        case .future: SandboxAmount(millionths: 250_000)
        case .futureOption: SandboxAmount(millionths: price < SandboxAmount(5) ? 50_000 : 250_000)
        case .option(let option):
            if option.root.hasPrefix("SPX") {
                SandboxAmount(millionths: price < SandboxAmount(3) ? 50_000 : 100_000)
            } else {
                SandboxAmount(millionths: 10_000)
            }
        }
    }
}
