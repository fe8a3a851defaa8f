extension Double {
    /// The value as a document may carry it: nil when not finite, never a negative zero.
    var documented: Double? { isFinite ? (self == 0 ? 0 : self) : nil }
}
