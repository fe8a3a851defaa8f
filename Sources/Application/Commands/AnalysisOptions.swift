import ArgumentParser
import Foundation

/// Options that every analysis takes.
struct AnalysisOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            Group by these, separated by commas: position, legs, underlying, account, broker, portfolio, currency, \
            asset-class, sector, expiry, total.
            """)
    var by: String?

    @Option(name: .long, help: "Only this account, by id (tastytrade-1).")
    var account: String?

    @Option(name: .long, help: "Only this portfolio's accounts, in its base currency.")
    var portfolio: String?

    @Option(name: .long, help: "Report in this currency (ISO 4217).")
    var currency: String?

    var query: AnalysisQuery {
        var query = AnalysisQuery()
        query.by = by?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? []
        query.account = account
        query.portfolio = portfolio
        query.currency = currency?.uppercased()
        return query
    }
}
