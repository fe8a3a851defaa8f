import PortfolioModel
import Pricing
import Risk

extension ModelSettings {
    /// What the risk engine's model is to assume.
    var assumptions: ModelAssumptions {
        var dividends: [String: [ExpectedDividend]] = [:]
        for row in self.dividends {
            dividends[row.symbol, default: []].append(
                ExpectedDividend(exDate: row.exDate, amount: row.amount, source: "config"))
        }
        let byCurrency = rates.compactMap { code, rate in Currency(code).map { ($0, rate) } }
        return ModelAssumptions(
            rate: rate, rates: Dictionary(byCurrency, uniquingKeysWith: { first, _ in first }), yields: yields,
            dividends: dividends, cutoffs: cutoffs)
    }

    /// Groups of one member join nothing.
    var groups: UnderlyingGroups { UnderlyingGroups(underlyingGroups.filter { $0.value.count > 1 }) }

    private var cutoffs: MarketCutoffs { MarketCutoffs(multiCommodity: ExpiryCutoff(calendar: multiCommodity)) }

    /// MCX with the operator's holidays; the loader has refused a file that cannot be read.
    var multiCommodity: ExchangeCalendar {
        guard let mcxHolidays, let calendar = try? ExchangeCalendar.multiCommodity.adding(mcxHolidays) else {
            return .multiCommodity
        }
        return calendar
    }
}
