/// The cash-settled US index options whose root alone says that they are European and on an index (Cboe, OCC).
package struct IndexOptionRoot: Sendable {
    package var underlying: String
    package var settlement: Settlement

    /// nil for a root that is not a listed index option's.
    package static func terms(of root: String) -> IndexOptionRoot? { table[root] }

    /// Whether a symbol is an index, not a share, when it stands as an underlying.
    package static func isIndex(_ symbol: String) -> Bool { table.values.contains { $0.underlying == symbol } }

    private static let table: [String: IndexOptionRoot] = {
        var table: [String: IndexOptionRoot] = [:]
        for (root, underlying, time) in [
            ("SPX", "SPX", Settlement.Time.am), ("SPXW", "SPX", .pm), ("XSP", "XSP", .pm), ("NDX", "NDX", .am),
            ("NDXP", "NDX", .pm), ("XND", "XND", .pm), ("RUT", "RUT", .am), ("RUTW", "RUT", .pm), ("MRUT", "MRUT", .pm),
            ("VIX", "VIX", .am), ("VIXW", "VIX", .am), ("DJX", "DJX", .am), ("OEX", "OEX", .pm), ("XEO", "XEO", .pm),
        ] {
            table[root] = IndexOptionRoot(underlying: underlying, settlement: Settlement(.cash, time))
        }
        return table
    }()
}
