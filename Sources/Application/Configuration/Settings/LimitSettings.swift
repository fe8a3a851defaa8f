import PortfolioModel

/// When a quote is too old or too wide to be a price.
struct LimitSettings: Sendable, Equatable, Codable {
    /// How long a feed may be silent on an instrument whose market is open.
    var quoteSilence: Duration = .seconds(900)
    /// The widest option quote whose middle is a price: absolute + relative x mid, in units of quoted price.
    var optionSpreadAbsolute: FixedDecimal = .one
    var optionSpreadRelative = FixedDecimal(raw64: 50_000_000)
}
