package import PortfolioModel

/// What a book's value moves with: the price of an underlying in its own currency, or a currency against the base.
package enum RiskFactor: Hashable, Sendable, Comparable {
    case price(InstrumentID)
    case currency(Currency)

    /// Prices by instrument number, then currencies by code.
    package static func < (left: RiskFactor, right: RiskFactor) -> Bool {
        switch (left, right) {
        case (.price(let left), .price(let right)): left < right
        case (.currency(let left), .currency(let right)): left < right
        case (.price, .currency): true
        case (.currency, .price): false
        }
    }
}

extension RevaluationBook {
    /// Every factor that some leg or cash moves with, in order.
    package var factors: [RiskFactor] {
        var found: Set<RiskFactor> = []
        for leg in legs {
            if let factor = leg.factor { found.insert(.price(factor)) }
            if leg.currency != base { found.insert(.currency(leg.currency)) }
        }
        for part in cash where part.currency != base { found.insert(.currency(part.currency)) }
        return found.sorted()
    }
}
