extension Normal {
    /// The value below which a share of the distribution lies; for shares in (0, 1). Relative error 1.2e-9 (rational
    /// approximation of P. J. Acklam, 2003), enough to start an iteration from.
    package static func roughQuantile(_ share: Double) -> Double {
        if share < 0.02425 { return tailQuantile(share) }
        if share > 1 - 0.02425 { return -tailQuantile(1 - share) }
        let q = share - 0.5
        let r = q * q
        var top = -3.969683028665376e+01
        for factor in [
            2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01,
            2.506628277459239e+00,
        ] { top = top * r + factor }
        var bottom = -5.447609879822406e+01
        for factor in [
            1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1,
        ] { bottom = bottom * r + factor }
        return top * q / bottom
    }

    private static func tailQuantile(_ share: Double) -> Double {
        let q = (-2 * logarithm(share)).squareRoot()
        var top = -7.784894002430293e-03
        for factor in [
            -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00,
            2.938163982698783e+00,
        ] { top = top * q + factor }
        var bottom = 7.784695709041462e-03
        for factor in [3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1] {
            bottom = bottom * q + factor
        }
        return top / bottom
    }
}
