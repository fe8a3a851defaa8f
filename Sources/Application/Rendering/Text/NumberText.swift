import PortfolioModel

/// Numbers for people: grouped by thousands, signs where they carry meaning.
enum NumberText {
    /// At least `minimum` places, at most `maximum`, rounded half away from zero as statements do.
    static func decimal(
        _ value: FixedDecimal, minimum: Int, maximum: Int? = nil, signed: Bool = false
    ) -> String {
        let rounded = (try? value.rounded(toPlaces: maximum ?? minimum, .halfAwayFromZero)) ?? value
        let text = rounded.magnitude.text(minimumPlaces: minimum)
        let whole = text.prefix { $0 != "." }
        let sign = rounded.isNegative ? "-" : (signed && !rounded.isZero ? "+" : "")
        return sign + grouped(whole) + text.dropFirst(whole.count)
    }

    /// nil for what is not a finite number of printable size.
    static func double(_ value: Double, places: Int, signed: Bool = false) -> String? {
        FixedDecimal(approximating: value).map { decimal($0, minimum: places, signed: signed) }
    }

    /// A fraction as percent: 0.253 is `25.3%`.
    static func percent(_ fraction: Double, places: Int = 1) -> String? {
        double(fraction * 100, places: places).map { "\($0)%" }
    }

    private static func grouped(_ digits: Substring) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
