extension Instrument {
    /// As people write it: `SPY 2026-12-18 570 P`, `SPX (SPXW) 2026-12-18 6000 C` where the option's root is another
    /// word, and the symbol of what is no option.
    package var name: String {
        guard let contract, let right = contract.right, let strike = contract.strike else { return symbol }
        let root = identifier(.osi).flatMap { OSISymbol($0)?.root } ?? contract.root
        let isOther = !root.isEmpty && root != contract.underlying
        return "\(contract.underlying)\(isOther ? " (\(root))" : "") \(contract.expiry) \(strike) \(right.letter)"
    }
}
