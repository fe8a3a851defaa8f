import PortfolioModel

/// A book arranged for many scenarios of its factors: linear legs summed by factor, each different option solved once
/// however many accounts hold it, all of one currency together so that FX moves their closing value.
struct FactorBook: Sendable {
    let coverage: RiskCoverage
    /// Delta exposure by factor, FX among them: `q delta d S x fx`, and market value and cash of a currency.
    let exposures: [RiskFactor: Double]
    private let blocks: [FactorBlock]

    init(_ book: RevaluationBook, _ returns: FactorReturns) {
        var coverage = RiskCoverage(book)
        var blocks: [Currency: FactorBlock] = [:]
        var exposures: [RiskFactor: Double] = [:]
        let reasons = Dictionary(returns.leftOut.map { ($0.factor, $0.reason) }) { first, _ in first }

        func reason(_ factor: RiskFactor) -> String? {
            returns.place(of: factor) == nil ? reasons[factor] ?? "no price history" : nil
        }
        func currencyReason(_ currency: Currency) -> String? {
            currency == book.base ? nil : reason(.currency(currency)).map { "\(currency)/\(book.base): \($0)" }
        }
        func withBlock(_ currency: Currency, _ body: (inout FactorBlock) -> Void) {
            body(&blocks[currency, default: FactorBlock(place: returns.place(of: .currency(currency)))])
        }

        for leg in book.legs {
            guard let factor = leg.factor, let place = returns.place(of: .price(factor)) else {
                let why = leg.factor.flatMap { reason(.price($0)) } ?? "underlying not known"
                coverage.leave(leg.name, leg.exposure, because: why)
                continue
            }
            if let why = currencyReason(leg.currency) {
                coverage.leave(leg.name, leg.exposure, because: why)
                continue
            }
            coverage.cover(leg.exposure)
            exposures[.price(factor), default: 0] += leg.deltaExposure
            if leg.currency != book.base { exposures[.currency(leg.currency), default: 0] += leg.marketValue * leg.fx }
            withBlock(leg.currency) { $0.add(leg, place) }
        }
        for part in book.cash where part.currency != book.base {
            let value = part.amount * part.fx
            if let why = currencyReason(part.currency) {
                coverage.leave("cash \(part.currency)", value.magnitude, because: why)
                continue
            }
            coverage.cover(value.magnitude)
            exposures[.currency(part.currency), default: 0] += value
            withBlock(part.currency) { $0.value += value }
        }
        self.coverage = coverage
        self.exposures = exposures
        self.blocks = blocks.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Profit of each scenario in base currency, by full revaluation. `values` holds each factor's relative moves as
    /// `FactorReturns` does, `count` of them.
    func profits(_ values: [Double], count: Int) -> [Double] {
        var total = [Double](repeating: 0, count: count)
        for block in blocks {
            let profits = block.profits(values, count: count)
            guard let place = block.place else {
                for t in 0..<count { total[t] += profits[t] }
                continue
            }
            for t in 0..<count {
                let move = values[place * count + t]
                total[t] += profits[t] + (block.value + profits[t]) * move
            }
        }
        return total
    }
}
