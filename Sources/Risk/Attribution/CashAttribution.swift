package import PortfolioModel

/// What exchange rates made of one account's cash in one currency, in base currency. Between consecutive readings it is
/// what was held at the earlier one x the change of rate: what came or went between them counts at the later rate, as
/// the cash of positions' trades does.
package struct CashAttribution: Sendable {
    /// The balance at one moment.
    package struct Reading: Sendable {
        package var at: Timestamp
        package var cash: FixedDecimal
        /// Units of base currency for one; nil where unknown.
        package var fx: FixedDecimal?

        package init(at: Timestamp, cash: FixedDecimal, fx: FixedDecimal?) {
            (self.at, self.cash, self.fx) = (at, cash, fx)
        }
    }

    package let key: Balance.Key
    /// As totals name it.
    package let name: String
    package private(set) var from: Timestamp?
    package private(set) var through: Timestamp?
    package private(set) var steps = 0
    /// FX alone.
    package private(set) var terms = ProfitTerms()
    package private(set) var profit = FixedDecimal.zero
    /// Why there are no figures; nil when there are.
    package private(set) var unknown: String?
    /// What was passed over, for a person.
    package private(set) var gaps: [String] = []

    /// - Parameter readings: oldest first, those of the interval and the last before it. One without a rate is passed
    ///   over.
    package init(_ key: Balance.Key, _ readings: [Reading]) {
        self.key = key
        name = "\(key.account) cash \(key.currency)"
        do throws(DecimalError) { try take(readings) } catch { unknown = "amount out of range" }
    }

    /// One of which nothing can be said.
    package init(_ key: Balance.Key, unknown: String) {
        self.init(key, [])
        self.unknown = unknown
    }

    private mutating func take(_ readings: [Reading]) throws(DecimalError) {
        var last: (cash: FixedDecimal, fx: FixedDecimal)?
        var passedOver = 0
        for reading in readings {
            guard let fx = reading.fx else {
                passedOver += 1
                continue
            }
            if let last {
                try terms.add(last.cash.multiplied(by: fx - last.fx), to: .fx)
                steps += 1
            }
            last = (reading.cash, fx)
            from = from ?? reading.at
            through = reading.at
        }
        profit = try terms.total
        if passedOver > 0 { gaps = ["\(passedOver) balance(s) without a rate"] }
        if last == nil {
            unknown = readings.isEmpty ? "no balance was kept in the interval" : "no balance with a rate"
        } else if steps == 0 {
            unknown = "only one balance in the interval"
        }
    }
}
