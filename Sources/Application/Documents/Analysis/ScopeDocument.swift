/// What an analysis is of, as it was asked for.
struct ScopeDocument: Codable, Sendable, Equatable {
    @ExplicitNull var account: String?
    @ExplicitNull var portfolio: String?
    @ExplicitNull var underlying: String?

    init(_ query: AnalysisQuery) {
        account = query.account
        portfolio = query.portfolio
        underlying = query.underlying
    }
}
