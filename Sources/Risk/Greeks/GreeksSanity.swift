import PortfolioModel

/// Whether a feed's Greeks can be Greeks at all. Feeds send -1, -2, -999, the largest double and NaN for "none".
enum GreeksSanity {
    /// Whether there is nothing to complain of; without the words.
    @inline(__always)
    static func isSane(_ unit: UnitGreeks, volatility: Double, _ right: OptionRight?) -> Bool {
        let (delta, gamma, vega) = (unit.delta, unit.gamma, unit.vega)
        // Comparisons with what is not a number are false.
        guard gamma >= 0, gamma <= 1e12, vega >= 0, vega <= 1e12, unit.theta.magnitude <= 1e12,
            unit.rho.magnitude <= 1e12, unit.theta != -999, unit.theta != -9999, unit.rho != -999,
            unit.rho != -9999, delta.magnitude <= 1.05
        else { return false }
        if right == .call ? delta < -0.05 : right == .put && delta > 0.05 { return false }
        return volatility.isNaN || volatility > 0 && volatility <= 50
    }

    /// nil when sane, else what is wrong with them.
    static func complaint(_ event: GreeksEvent, _ right: OptionRight?) -> String? {
        if isSane(UnitGreeks(event), volatility: event.volatility, right) { return nil }
        let figures = [event.delta, event.gamma, event.theta, event.vega, event.rho]
        guard figures.allSatisfy(\.isFinite) else { return "not stated" }
        let sentinels: [Double] = [-999, -9999]
        if figures.contains(where: { sentinels.contains($0) || $0.magnitude > 1e12 }) { return "a sentinel" }
        if event.delta.magnitude > 1.05 { return "delta outside -1.05 ... 1.05" }
        if right == .call && event.delta < -0.05 || right == .put && event.delta > 0.05 { return "delta of wrong sign" }
        if event.gamma < 0 { return "gamma below 0" }
        if event.vega < 0 { return "vega below 0" }
        return "volatility outside 0 ... 50"
    }
}

extension UnitGreeks {
    /// Those a feed states, sane or not.
    init(_ event: GreeksEvent) {
        self.init(delta: event.delta, gamma: event.gamma, theta: event.theta, vega: event.vega, rho: event.rho)
    }
}
