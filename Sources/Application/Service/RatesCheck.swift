import PortfolioModel

/// Whether what is held can be valued in every currency that figures are reported in.
struct RatesCheck: Sendable {
    /// What is to be valued in `rates.target`.
    struct Need: Sendable {
        var held: Set<Currency>
        var rates: FXDocument
    }

    let check: DoctorReport.Check

    init(_ needs: [Need]) {
        let missing = Self.pairs(needs, .unknown)
        let old = Self.pairs(needs, .stale)
        let targets = Self.list(Set(needs.map(\.rates.target.code)))
        if !missing.isEmpty {
            check = DoctorReport.Check(
                name: "rates", result: .fail, message: "no rate of \(missing)",
                fix: "import reference rates (tributary fx import FILE), or state them under `rates`")
        } else if !old.isEmpty {
            check = DoctorReport.Check(
                name: "rates", result: .warn, message: "the rate of \(old) is old",
                fix: "import newer rates, or set `fx.ecb.url`")
        } else {
            let isOne = needs.allSatisfy { $0.held.subtracting([$0.rates.target]).isEmpty }
            check = DoctorReport.Check(
                name: "rates", result: .pass,
                message: isOne ? "everything is in \(targets)" : "every currency held has a rate to \(targets)")
        }
    }

    /// `INR to EUR, USD to EUR`: what is held and has a rate of that state, or none at all.
    private static func pairs(_ needs: [Need], _ state: FigureState) -> String {
        let pairs = needs.flatMap { need in
            let states = Dictionary(need.rates.rates.map { ($0.currency, $0.rate.state) }) { first, _ in first }
            return need.held.subtracting([need.rates.target])
                .filter { (states[$0] ?? .unknown) == state }.map { "\($0) to \(need.rates.target)" }
        }
        return Set(pairs).sorted().joined(separator: ", ")
    }

    private static func list(_ words: Set<String>) -> String { words.sorted().joined(separator: " and ") }
}
