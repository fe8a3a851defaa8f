import PortfolioModel

/// A book arranged for many scenarios of its factors: legs pooled by what moves them, all of one currency together so
/// that FX moves their closing value. What has no factor stands in the coverage.
struct FactorBook: Sendable {
    /// Where a factor's moves stand among the scenarios' rows, or why it has none.
    enum Placement: Sendable {
        case row(Int)
        case none(String)
    }

    private struct Holding {
        var value = 0.0
        var pools: [Int: LegPool] = [:]
    }

    let coverage: RiskCoverage
    /// The legs that have a part.
    let legs: [RevaluationLeg]
    private let blocks: [FactorBlock]

    /// `volatilityPoints` hold in every scenario.
    init(
        _ book: RevaluationBook, volatilityPoints: Double = 0, price: (RevaluationLeg) -> Placement,
        currency: (Currency) -> Placement
    ) {
        var coverage = RiskCoverage(book)
        var holdings: [Currency: Holding] = [:]
        var legs: [RevaluationLeg] = []
        var rates: [Currency: Placement] = [:]
        func placement(_ code: Currency) -> Placement {
            if let known = rates[code] { return known }
            rates[code] = currency(code)
            return currency(code)
        }
        for leg in book.legs {
            if let why = leg.obstacle {
                coverage.leave(leg.name, because: why)
                continue
            }
            guard case .row(let row) = price(leg) else {
                if case .none(let why) = price(leg) { coverage.leave(leg.name, leg.exposure, because: why) }
                continue
            }
            if leg.currency != book.base, case .none(let why) = placement(leg.currency) {
                coverage.leave(leg.name, leg.exposure, because: "\(leg.currency)/\(book.base): \(why)")
                continue
            }
            coverage.cover(leg.exposure)
            legs.append(leg)
            holdings[leg.currency, default: Holding()].value += leg.marketValue * leg.fx
            holdings[leg.currency, default: Holding()].pools[row, default: LegPool()].add(leg)
        }
        for part in book.cash where part.currency != book.base {
            let value = part.amount * part.fx
            if case .none(let why) = placement(part.currency) {
                coverage.leave(
                    "cash \(part.currency)", value.magnitude, because: "\(part.currency)/\(book.base): \(why)")
                continue
            }
            coverage.cover(value.magnitude)
            holdings[part.currency, default: Holding()].value += value
        }
        self.coverage = coverage
        self.legs = legs
        blocks = holdings.sorted { $0.key < $1.key }.map { code, holding in
            var place: Int?
            if code != book.base, case .row(let row) = placement(code) { place = row }
            return FactorBlock(
                place: place, value: holding.value, pools: holding.pools, volatilityPoints: volatilityPoints)
        }
    }

    init(_ book: RevaluationBook, _ returns: FactorReturns) {
        let reasons = Dictionary(returns.leftOut.map { ($0.factor, $0.reason) }) { first, _ in first }
        func placement(_ factor: RiskFactor) -> Placement {
            returns.place(of: factor).map { .row($0) } ?? .none(reasons[factor] ?? "no price history")
        }
        self.init(
            book, price: { leg in leg.factor.map { placement(.price($0)) } ?? .none("underlying not known") },
            currency: { placement(.currency($0)) })
    }

    /// Profit of each scenario in base currency, by full revaluation. `values` holds each factor's relative moves as
    /// `FactorReturns` does, `count` of them.
    func profits(_ values: [Double], count: Int) -> [Double] {
        var total = [Double](repeating: 0, count: count)
        for block in blocks { block.add(values, count: count, to: &total) }
        return total
    }
}
