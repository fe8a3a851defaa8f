import PortfolioModel
import Risk

/// What the pricing model takes as given.
struct ModelSettings: Sendable, Equatable, Codable {
    /// A dividend in cash per unit of an underlying; 0 says that none is expected.
    struct Dividend: Sendable, Equatable, Codable {
        var symbol: String
        var exDate: CalendarDate
        var amount: Double
    }

    /// Interest rate, continuously compounded, a fraction per year.
    var rate = 0.04
    /// By currency code, where it is another one.
    var rates: [String: Double] = [:]
    /// Dividend yields by the underlying's symbol, fractions per year.
    var yields: [String: Double] = [:]
    /// For an underlying listed here the feed's word is not taken.
    var dividends: [Dividend] = []
    /// Text of the operator's file of MCX holidays.
    var mcxHolidays: String?
    /// The built-in ones, with the operator's in place of those of the same name.
    var underlyingGroups = UnderlyingGroups.standard.members
}

extension ModelSettings {
    /// Recordings made before a key was there have its default; before there were groups there was none.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rate = try values.decode(Double.self, forKey: .rate)
        yields = try values.decode([String: Double].self, forKey: .yields)
        rates = try values.decodeIfPresent([String: Double].self, forKey: .rates) ?? [:]
        dividends = try values.decodeIfPresent([Dividend].self, forKey: .dividends) ?? []
        mcxHolidays = try values.decodeIfPresent(String.self, forKey: .mcxHolidays)
        underlyingGroups =
            try values.decodeIfPresent([String: [UnderlyingGroups.Member]].self, forKey: .underlyingGroups) ?? [:]
    }
}
