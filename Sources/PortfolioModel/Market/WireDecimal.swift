/// A price or size as it travels in market events: a 64-bit count of 1e-8, with one value for "not stated" (a feed's
/// NaN).
package struct WireDecimal: Sendable, Hashable, Codable {
    package let raw: Int64

    package static let absent = WireDecimal(raw: .min)

    package init(raw: Int64) { self.raw = raw }

    /// A decimal outside the 64-bit range is not a price; it becomes absent.
    package init(_ value: FixedDecimal?) {
        if let value, let raw = Int64(exactly: value.raw), raw != .min { self.raw = raw } else { self = .absent }
    }

    package var value: FixedDecimal? { raw == .min ? nil : FixedDecimal(raw64: raw) }
    package var isAbsent: Bool { raw == .min }
}
