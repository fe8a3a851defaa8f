package import PortfolioModel
package import Pricing

/// What the pricing model takes as given and no feed says.
package struct ModelAssumptions: Sendable {
    /// Interest rate, continuously compounded, a fraction per year.
    package var rate: Double
    /// By currency, where it is another one.
    package var rates: [Currency: Double]
    /// Dividend yields by the underlying's symbol, fractions per year; 0 where not listed.
    package var yields: [String: Double]
    /// Dividends to come by the underlying's symbol; for a symbol listed here the feed is not asked.
    package var dividends: [String: [ExpectedDividend]]
    package var cutoffs: MarketCutoffs

    package init(
        rate: Double = 0.04, rates: [Currency: Double] = [:], yields: [String: Double] = [:],
        dividends: [String: [ExpectedDividend]] = [:], cutoffs: MarketCutoffs = MarketCutoffs()
    ) {
        self.rate = rate
        self.rates = rates
        self.yields = yields
        self.dividends = dividends
        self.cutoffs = cutoffs
    }

    func rate(in currency: Currency) -> Double { rates[currency] ?? rate }
}

/// When options end, by market. The market is known by the contract's currency and kind.
package struct MarketCutoffs: Sendable {
    enum Market: String, Sendable, CaseIterable {
        case newYork = "New York", chicago = "Chicago", mumbai = "Mumbai", mcx = "MCX"
    }

    /// MCX; its calendar has no holidays until an operator's file is added.
    package var multiCommodity: ExpiryCutoff

    package init(multiCommodity: ExpiryCutoff = .multiCommodity) { self.multiCommodity = multiCommodity }

    /// Rupees: NSE and BSE, MCX for options on futures. Anything else: New York, Chicago for options on futures.
    static func market(_ kind: InstrumentKind, _ currency: Currency) -> Market {
        if currency == .inr { return kind == .futureOption ? .mcx : .mumbai }
        return kind == .futureOption ? .chicago : .newYork
    }

    /// As of its options; what is listed at MCX is MCX's.
    static func market(of instrument: Instrument) -> Market {
        if instrument.currency == .inr, instrument.terms.listing.uppercased() == "MCX" { return .mcx }
        return market(instrument.kind, instrument.currency)
    }

    func cutoff(_ market: Market) -> ExpiryCutoff {
        switch market {
        case .newYork: .unitedStates
        case .chicago: .chicago
        case .mumbai: .mumbai
        case .mcx: multiCommodity
        }
    }

    func cutoff(_ kind: InstrumentKind, _ currency: Currency) -> ExpiryCutoff { cutoff(Self.market(kind, currency)) }
}
