import PortfolioModel
import Risk

/// Dollar deltas in base currency. With a part unknown `net` and `gross` are null; `known` is what the others sum to.
struct ExposureAmounts: Codable, Sendable, Equatable {
    struct Known: Codable, Sendable, Equatable {
        @ExplicitNull var net: Double?
        @ExplicitNull var gross: Double?
    }

    @ExplicitNull var net: Double?
    @ExplicitNull var gross: Double?
    @ExplicitNull var long: Double?
    @ExplicitNull var short: Double?
    var known: Known
    var missing: [String]
    var state: FigureState

    init(_ exposure: Exposure) {
        let isWhole = exposure.missing.isEmpty
        net = exposure.knownNet?.documented
        gross = exposure.knownGross?.documented
        long = isWhole ? exposure.long.documented : nil
        short = isWhole ? exposure.short.documented : nil
        known = Known(net: exposure.net.documented, gross: exposure.gross.documented)
        missing = exposure.missing
        state = exposure.state
    }
}

/// Delta and gamma in shares of the index; null with a part unknown.
struct BetaWeightedDocument: Codable, Sendable, Equatable {
    var index: String
    @ExplicitNull var delta: Double?
    @ExplicitNull var gamma: Double?
    @ExplicitNull var knownDelta: Double?
    var missing: [String]
    var state: FigureState

    init(_ total: BetaTotal, index: String) {
        self.index = index
        delta = total.value?.delta.documented
        gamma = total.value?.gamma.documented
        knownDelta = total.known.delta.documented
        missing = total.missing
        state = total.state
    }
}
