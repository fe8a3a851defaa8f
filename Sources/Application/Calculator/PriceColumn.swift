/// The columns that the option calculator reads, and the flags of the same names.
enum PriceColumn: String, CaseIterable, Codable, Sendable {
    case model, exercise, right, spot, strike, years, rate, yield, volatility, price, dividends

    /// May be missing or empty: European exercise, no yield, no dividends; one of volatility and price.
    var isOptional: Bool {
        switch self {
        case .exercise, .yield, .volatility, .price, .dividends: true
        case .model, .right, .spot, .strike, .years, .rate: false
        }
    }
}
