import PortfolioModel

/// An amount of money that a model gives: a decimal string in documents, rounded to the currency's smallest unit. A
/// number is read too: results were kept as such.
struct ModelAmount: Codable, Sendable, Equatable {
    let value: FixedDecimal

    var doubleValue: Double { value.doubleValue }

    /// nil for what is not finite or out of range.
    init?(_ amount: Double, _ currency: Currency) {
        guard let decimal = FixedDecimal(approximating: amount),
            let rounded = try? decimal.rounded(toPlaces: currency.minorDigits, .halfEven)
        else { return nil }
        value = rounded
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self), let decimal = FixedDecimal(approximating: number) {
            value = decimal
        } else {
            value = try container.decode(FixedDecimal.self)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
