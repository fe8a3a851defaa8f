import PortfolioModel

/// What an ordinary position was worth at the prior settlement, in base currency: what its day's profit counts from. It
/// stands until the market states another previous close.
struct QuickOvernight: Sendable {
    /// At today's rate.
    let worth: RateFraction.Amount
    /// False without a prior settlement, and without a rate of then.
    let isKnown: Bool
    let wasLookedAt: Bool
    /// The FX move on it: its worth at today's rate less at the prior settlement's, each rounded; 0 for futures, which
    /// have no overnight value.
    let move: Int64
    /// The market's previous close that it is of.
    let close: WireDecimal

    static let notLookedAt = QuickOvernight(
        worth: .zero, isKnown: false, wasLookedAt: false, move: 0, close: .absent)

    /// Whether it is of this previous close, as a `MarketLine` states it.
    func isOf(_ close: Int64) -> Bool { self.close.raw == close && wasLookedAt }
}

extension QuickOvernight {
    /// - Parameter settlement: the broker's, which counts while the market states no previous close.
    /// - Returns: nil when a figure leaves the range of the quick way.
    init?(_ terms: QuickTerms, close: WireDecimal, settlement: FixedDecimal?, _ conversion: QuickConversion) {
        guard let price = close.value ?? settlement else {
            self.init(worth: .zero, isKnown: false, wasLookedAt: true, move: 0, close: close)
            return
        }
        guard let small = Int64(exactly: price.raw) else { return nil }
        let (native, overflow) = small.multipliedReportingOverflow(by: Int64(terms.worth))
        guard !overflow, let worth = conversion.toBase.amount(native) else { return nil }
        guard terms.shape != .future, native != 0 else {
            self.init(worth: worth, isKnown: true, wasLookedAt: true, move: 0, close: close)
            return
        }
        guard let settledToBase = conversion.settledToBase else {
            self.init(worth: .zero, isKnown: false, wasLookedAt: true, move: 0, close: close)
            return
        }
        guard let then = settledToBase.amount(native) else { return nil }
        self.init(
            worth: worth, isKnown: true, wasLookedAt: true,
            move: conversion.toBase.rounded(worth) - settledToBase.rounded(then), close: close)
    }
}
