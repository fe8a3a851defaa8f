/// An exact amount in millionths: prices, quantities and cash of the sandboxes.
package struct SandboxAmount: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var millionths: Int64

    package static let zero = SandboxAmount(millionths: 0)

    package init(millionths: Int64) {
        self.millionths = millionths
    }

    package init(_ whole: Int) {
        millionths = Int64(whole) * 1_000_000
    }

    /// The nearest amount to a floating-point figure of the simulation.
    package init(rounding value: Double) {
        millionths = Int64((value * 1_000_000).rounded())
    }

    /// Reads plain decimal text such as `-12.5`, at most six decimals; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits = digits.dropFirst() }
        let pieces = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = pieces.count == 2 ? pieces[1] : ""
        guard let whole = Self.number(pieces[0]), whole <= 9_000_000_000_000, fraction.utf8.count <= 6,
            pieces.count == 1 || !fraction.isEmpty,
            let part = fraction.isEmpty ? 0 : Self.number(fraction)
        else { return nil }
        let scale = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1][fraction.utf8.count]
        let magnitude = whole * 1_000_000 + part * Int64(scale)
        millionths = isNegative ? -magnitude : magnitude
    }

    private static func number(_ digits: Substring) -> Int64? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(digits)
    }

    package var double: Double { Double(millionths) / 1_000_000 }

    package var magnitude: SandboxAmount { SandboxAmount(millionths: abs(millionths)) }

    package var isWhole: Bool { millionths % 1_000_000 == 0 }

    /// Plain decimal text with no more decimals than it needs: `12`, `-0.5`.
    package var description: String {
        let whole = millionths.magnitude / 1_000_000
        var fraction = String(millionths.magnitude % 1_000_000)
        fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = millionths < 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }

    /// Decimal text with at least one decimal, as many venues write money: `12.0`.
    package var withDecimal: String {
        isWhole ? description + ".0" : description
    }

    package static func < (left: SandboxAmount, right: SandboxAmount) -> Bool {
        left.millionths < right.millionths
    }

    package static prefix func - (value: SandboxAmount) -> SandboxAmount {
        SandboxAmount(millionths: -value.millionths)
    }

    package static func + (left: SandboxAmount, right: SandboxAmount) -> SandboxAmount {
        SandboxAmount(millionths: left.millionths + right.millionths)
    }

    package static func - (left: SandboxAmount, right: SandboxAmount) -> SandboxAmount {
        SandboxAmount(millionths: left.millionths - right.millionths)
    }

    package static func += (left: inout SandboxAmount, right: SandboxAmount) {
        left = left + right
    }

    /// The product, rounded half away from zero at the sixth decimal.
    package static func * (left: SandboxAmount, right: SandboxAmount) -> SandboxAmount {
        divided(Int128(left.millionths) * Int128(right.millionths), by: 1_000_000)
    }

    package static func * (left: SandboxAmount, right: Int) -> SandboxAmount {
        SandboxAmount(millionths: left.millionths * Int64(right))
    }

    /// The quotient, rounded half away from zero at the sixth decimal; the divisor must not be zero.
    package static func / (left: SandboxAmount, right: SandboxAmount) -> SandboxAmount {
        divided(Int128(left.millionths) * 1_000_000, by: Int128(right.millionths))
    }

    /// This amount rounded to the nearest multiple of a tick.
    package func rounded(toTick tick: SandboxAmount) -> SandboxAmount {
        let steps = Self.divided(Int128(millionths), by: Int128(tick.millionths)).millionths
        return SandboxAmount(millionths: steps * tick.millionths)
    }

    private static func divided(_ numerator: Int128, by divisor: Int128) -> SandboxAmount {
        let half = abs(divisor) / 2
        let quotient = (abs(numerator) + half) / abs(divisor)
        let isNegative = (numerator < 0) != (divisor < 0)
        return SandboxAmount(millionths: Int64(isNegative ? -quotient : quotient))
    }
}
