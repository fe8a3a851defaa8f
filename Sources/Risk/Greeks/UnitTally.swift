import PortfolioModel

/// One feed's samples, counted by Greek and by the factor that a wrong unit shows as: a verdict costs the same for ten
/// options as for ten thousand.
struct UnitTally: Sendable {
    private struct Sample {
        var isCall: Bool
        var ratios: GreeksRatios
    }

    private struct Count {
        var near = 0
        var nearCalls = 0
    }

    private var samples: [InstrumentID: Sample] = [:]
    private var seen = Array(repeating: 0, count: GreeksRatios.Greek.allCases.count)
    private var counts = Array(
        repeating: Array(repeating: Count(), count: factors.count), count: GreeksRatios.Greek.allCases.count)

    mutating func put(_ ratios: GreeksRatios, _ right: OptionRight, of id: InstrumentID) {
        let sample = Sample(isCall: right == .call, ratios: ratios)
        if let old = samples.updateValue(sample, forKey: id) { count(old, by: -1) }
        count(sample, by: 1)
    }

    /// Whether there was a sample.
    mutating func remove(_ id: InstrumentID) -> Bool {
        guard let old = samples.removeValue(forKey: id) else { return false }
        count(old, by: -1)
        return true
    }

    private mutating func count(_ sample: Sample, by sign: Int) {
        for greek in GreeksRatios.Greek.allCases {
            let ratio = sample.ratios[greek]
            if ratio.isNaN { continue }
            seen[greek.rawValue] += sign
            for (place, factor) in Self.factors.enumerated() where Self.isNear(ratio, factor.factor) {
                counts[greek.rawValue][place].near += sign
                if sample.isCall { counts[greek.rawValue][place].nearCalls += sign }
            }
        }
    }

    /// What is wrong with the feed's units; nil when nothing is, or too few options were seen.
    func verdict(_ source: BrokerID, quorum: Int, share: Double) -> String? {
        for greek in GreeksRatios.Greek.allCases where seen[greek.rawValue] >= quorum {
            for (place, unit) in Self.factors.enumerated() {
                let (all, count) = (seen[greek.rawValue], counts[greek.rawValue][place])
                guard Double(count.near) >= share * Double(all) else { continue }
                // An interest rate other than ours moves theta of calls and puts apart, by about as much as trading
                // days would: so small a factor counts only where both agree.
                let both = min(count.nearCalls, count.near - count.nearCalls)
                if Self.isSmall(unit.factor) && both < 2 { continue }
                return "\(source)'s \(greek) is \(unit.words) the model's on \(count.near) of \(all) options"
            }
        }
        return nil
    }

    private static let factors: [(factor: Double, words: String)] = [
        (100, "about 100 x"), (0.01, "about 1/100 of"), (365, "about 365 x"), (1 / 365.0, "about 1/365 of"),
        (365 / 252.0, "about 365/252 x"), (252 / 365.0, "about 252/365 of"),
    ]

    private static func isSmall(_ factor: Double) -> Bool { factor > 0.02 && factor < 50 }

    /// Within a third for the large factors, whose neighbours are far; within 8 % for the small ones.
    private static func isNear(_ ratio: Double, _ factor: Double) -> Bool {
        let relative = ratio / factor
        return isSmall(factor) ? (0.92...1.08).contains(relative) : (0.67...1.5).contains(relative)
    }
}
