import Sandbox

/// An account's market values at one moment, exact and signed.
struct LedgerValues: Sendable {
    var longEquity = SandboxAmount.zero
    var shortEquity = SandboxAmount.zero
    var longDerivative = SandboxAmount.zero
    var shortDerivative = SandboxAmount.zero
    var longIndexDerivative = SandboxAmount.zero
    var shortIndexDerivative = SandboxAmount.zero
    var longFuturesDerivative = SandboxAmount.zero
    var shortFuturesDerivative = SandboxAmount.zero
    var longCrypto = SandboxAmount.zero
    var shortCrypto = SandboxAmount.zero
    var futuresMargin = SandboxAmount.zero

    var total: SandboxAmount {
        longEquity + shortEquity + longDerivative + shortDerivative + longIndexDerivative + shortIndexDerivative
            + longFuturesDerivative + shortFuturesDerivative + longCrypto + shortCrypto
    }
}

extension Ledger {
    /// Mark x signed quantity x multiplier; 0 for a future, whose variation is in cash.
    static func value(of position: LedgerPosition, market: MarketModel) -> SandboxAmount {
        let instrument = market.instruments[position.instrument]
        guard instrument.future == nil else { return .zero }
        return market.quote(of: position.instrument).mark * position.quantity * instrument.multiplier
    }

    func values(_ market: MarketModel) -> LedgerValues {
        var values = LedgerValues()
        for position in openPositions {
            let value = Self.value(of: position, market: market)
            let isLong = position.quantity > .zero
            switch market.instruments[position.instrument].kind {
            case .equity, .index: add(value, isLong, &values.longEquity, &values.shortEquity)
            case .crypto: add(value, isLong, &values.longCrypto, &values.shortCrypto)
            case .futureOption: add(value, isLong, &values.longFuturesDerivative, &values.shortFuturesDerivative)
            case .future: values.futuresMargin += position.quantity.magnitude * 17_500
            case .option(let option) where option.root.hasPrefix("SPX"):
                add(value, isLong, &values.longIndexDerivative, &values.shortIndexDerivative)
            case .option: add(value, isLong, &values.longDerivative, &values.shortDerivative)
            }
        }
        return values
    }

    private func add(
        _ value: SandboxAmount, _ isLong: Bool, _ long: inout SandboxAmount, _ short: inout SandboxAmount
    ) {
        if isLong { long += value } else { short += value }
    }
}
