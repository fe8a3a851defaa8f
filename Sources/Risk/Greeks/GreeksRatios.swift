import PortfolioModel
import Pricing

/// One option's feed Greeks over the model's of the same moment; not a number where either is too small to compare.
struct GreeksRatios: Sendable {
    enum Greek: Int, CaseIterable { case delta, gamma, theta, vega, rho }

    private var values: SIMD8<Double> = .init(repeating: .nan)

    init(feed: GreeksEvent, model: OptionValuation) {
        guard (0.1...0.9).contains(model.delta.magnitude) else { return }
        set(.delta, feed.delta, model.delta, least: 0.1)
        set(.gamma, feed.gamma, model.gamma, least: 1e-7)
        set(.theta, feed.theta, model.theta, least: 1e-4)
        set(.vega, feed.vega, model.vega, least: 1e-4)
        set(.rho, feed.rho, model.rho, least: 1e-4)
    }

    private mutating func set(_ greek: Greek, _ said: Double, _ ours: Double, least: Double) {
        if said.isFinite && ours.magnitude > least { values[greek.rawValue] = said / ours }
    }

    subscript(greek: Greek) -> Double { values[greek.rawValue] }
}
