/// Which index options a future of the same expiry date prices, by contract specification (CME Group, Cboe).
package struct IndexFuture: Sendable, Hashable {
    /// The master's symbol of the index.
    package var symbol: String
    /// Points of the index for one point of the future's price: 1, or the index's fraction (XSP is a tenth of SPX).
    package var scale: Double
    /// 0 for the future to be asked first; the small contracts trade beside the large ones.
    package var rank: Int

    /// The indices that a future's product is on. A product that bears the index's own name, as `NIFTY` does, is on
    /// that index; a product that is not listed is otherwise on none that has options.
    package static func indices(of product: String) -> [IndexFuture] {
        table[product] ?? [IndexFuture(symbol: product, scale: 1, rank: 0)]
    }

    private static let table: [String: [IndexFuture]] = {
        var table: [String: [IndexFuture]] = [:]
        for (products, indices) in [
            (["/ES", "/MES"], [("SPX", 1.0), ("XSP", 0.1)]),
            (["/NQ", "/MNQ"], [("NDX", 1), ("XND", 0.01)]),
            (["/RTY", "/M2K"], [("RUT", 1), ("MRUT", 0.1)]),
            (["/YM", "/MYM"], [("DJX", 0.01)]),
            (["/VX", "/VXM"], [("VIX", 1)]),
        ] {
            for (rank, product) in products.enumerated() {
                table[product] = indices.map { IndexFuture(symbol: $0, scale: $1, rank: rank) }
            }
        }
        return table
    }()
}
