/// How one underlying of the simulated market behaves.
struct UnderlyingSpec: Sendable {
    enum Follow: Sendable {
        /// Walks by itself.
        case own
        /// A fixed ratio to another underlying.
        case ratio(of: String, Double)
    }

    var name: String
    var description: String
    var kind: MarketInstrument.Kind
    var base: Double
    /// Annual, as a fraction, at the money.
    var volatility: Double
    /// Share of the common factor in its steps.
    var common: Double
    var dividendYield: Double
    /// Between two strikes, and how many strikes on each side; none without options.
    var strikeStep: Int
    var strikesEachSide: Int
    var follow: Follow = .own

    static let rate = 0.042
    static let futuresProduct = "ES"

    static let all: [UnderlyingSpec] = [
        UnderlyingSpec(
            name: "SPY", description: "SPDR S&P 500 ETF TRUST", kind: .equity(isFund: true), base: 600,
            volatility: 0.15, common: 1, dividendYield: 0.012, strikeStep: 5, strikesEachSide: 20),
        UnderlyingSpec(
            name: "QQQ", description: "INVESCO QQQ TRUST SERIES 1", kind: .equity(isFund: true), base: 520,
            volatility: 0.20, common: 0.9, dividendYield: 0.006, strikeStep: 5, strikesEachSide: 16),
        UnderlyingSpec(
            name: "AAPL", description: "APPLE INC", kind: .equity(isFund: false), base: 230, volatility: 0.26,
            common: 0.7, dividendYield: 0.004, strikeStep: 5, strikesEachSide: 14),
        UnderlyingSpec(
            name: "NVDA", description: "NVIDIA CORPORATION", kind: .equity(isFund: false), base: 140, volatility: 0.45,
            common: 0.6, dividendYield: 0.0003, strikeStep: 5, strikesEachSide: 14),
        UnderlyingSpec(
            name: "IWM", description: "ISHARES RUSSELL 2000 ETF", kind: .equity(isFund: true), base: 235,
            volatility: 0.21, common: 0.85, dividendYield: 0.011, strikeStep: 5, strikesEachSide: 10),
        UnderlyingSpec(
            name: "SPX", description: "S&P 500 INDEX", kind: .index, base: 6_012, volatility: 0.15, common: 1,
            dividendYield: 0.012, strikeStep: 50, strikesEachSide: 16, follow: .ratio(of: "SPY", 10.02)),
        UnderlyingSpec(
            name: "BTC/USD", description: "Bitcoin to USD", kind: .crypto, base: 97_000, volatility: 0.55, common: 0.3,
            dividendYield: 0, strikeStep: 0, strikesEachSide: 0),
    ]

    /// The share whose option was adjusted; it stands still, and trades in the fixed book only.
    static let adjusted = UnderlyingSpec(
        name: "ABC", description: "ABC HOLDINGS INC", kind: .equity(isFund: false), base: 60, volatility: 0.4,
        common: 0,
        dividendYield: 0, strikeStep: 0, strikesEachSide: 0)
}
