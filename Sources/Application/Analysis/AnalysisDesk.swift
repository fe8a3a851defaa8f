import PortfolioModel
import PortfolioStore
import Risk

/// Answers analyses from a copy of the engine, away from the actors that keep it: they take as long as they take.
struct AnalysisDesk: Sendable {
    let engine: RiskEngine
    let at: Timestamp
    let configuration: ServiceConfiguration
    let store: PortfolioStore
    let options: DocumentOptions
    /// Whether results are stored; not where the store is open for reading only.
    let keeps: Bool

    /// One document as JSON text.
    func text(_ name: DocumentName, _ query: AnalysisQuery) throws -> String {
        try query.checkDimensions(of: name)
        if name == .valueAtRisk { return try valueAtRisk(query) }
        if name == .attribution { return try DocumentEncoder().text(attribution(query)) }
        let scope = try scope(query)
        let encoder = DocumentEncoder()
        return switch name {
        case .exposure: try encoder.text(ExposureDocument(scope))
        case .scenarios: try encoder.text(ScenariosDocument(scope))
        case .whatIf: try encoder.text(whatIf(scope))
        default: try encoder.text(RiskDocument(scope, valueAtRisk: try latestValueAtRisk(scope)))
        }
    }

    /// What a query is of: the view of the accounts and in the currency that it names.
    func scope(_ query: AnalysisQuery) throws -> AnalysisScope {
        let book = try restated(query)
        let today = MarketZone.newYork.date(of: at)
        let first = query.daysOfPast(configuration.betas).map { today.adding(days: -$0) } ?? CalendarDate(dayNumber: 0)
        let past = try MarketPast(store, from: first, through: today, configuration)
        let scope = scope(engine.restated(book, at: at), query, past, try openingOrders())
        // What was kept may be of an underlying that is not held any more.
        return query.asOf == nil ? try scope.namingUnderlying() : (try? scope.namingUnderlying()) ?? scope
    }

    private func scope(
        _ engine: RiskEngine, _ query: AnalysisQuery, _ past: MarketPast, _ orders: OpeningOrders
    ) -> AnalysisScope {
        let view = engine.view(at: at)
        return AnalysisScope(
            engine: engine, view: view, labels: labels(view, orders),
            weighting: weighting(engine, past), dividends: dividends(engine.book), past: past, query: query,
            options: options)
    }

    /// Edges are kept in the book's base currency only: a portfolio with another one is answered in that.
    private func attribution(_ query: AnalysisQuery) throws -> AttributionDocument {
        let base = configuration.base
        if let asked = query.currency.flatMap({ Currency($0) }), asked != base {
            throw CommandError(
                "other-currency", "what attribution is made from is kept in \(base) only",
                field: "currency", fix: "leave --currency out", exit: .usage)
        }
        var (query, notes) = (query, [String]())
        if query.currency == nil, let portfolio = configuration.portfolios.first(where: { $0.name == query.portfolio }),
            portfolio.base != base
        {
            query.currency = base.code
            notes.append(
                "in \(base), not in \(portfolio.base), which is \(portfolio.name)'s: what attribution is made from is "
                    + "kept in \(base) only")
        }
        var scope = try scope(query)
        scope.notes = notes
        return try AttributionDocument(scope, AttributionDesk(scope, store))
    }

    private func whatIf(_ before: AnalysisScope) throws -> WhatIfDocument {
        do {
            let legs = try before.query.legs.map { text throws(HypotheticalLeg.Mistake) in try HypotheticalLeg(text) }
            let changed = try WhatIf(legs, on: before.engine)
            return try WhatIfDocument(
                before: before, after: scope(changed.engine, before.query, before.past, before.labels.orders),
                unpaid: changed.unpaid, notes: changed.notes)
        } catch let mistake as HypotheticalLeg.Mistake {
            throw CommandError(
                "bad-leg", "`\(mistake.text)` is no leg: \(mistake.message)", field: "leg",
                fix: HypotheticalLeg.Mistake.fix, exit: .usage)
        }
    }

    private func restated(_ query: AnalysisQuery) throws -> Book {
        var book = engine.book
        if let name = query.portfolio {
            guard let portfolio = configuration.portfolios.first(where: { $0.name == name }) else {
                let names = configuration.portfolios.map(\.name).joined(separator: ", ")
                throw CommandError(
                    "unknown-portfolio", "no portfolio is called \(name)",
                    fix: names.isEmpty ? "declare it under `portfolios`" : "one of: \(names)", exit: .usage)
            }
            let members = book.accounts.values.filter { portfolio.accounts.contains($0.key) }.map(\.id)
            book = book.restricted(to: Set(members)).reported(in: portfolio.base)
        }
        if let id = query.account {
            book = book.restricted(to: [try book.account(named: id)])
        }
        if let code = query.currency {
            guard let currency = Currency(code) else {
                throw CommandError(
                    "bad-currency", "`\(code)` is not a currency", fix: "an ISO 4217 code such as EUR", exit: .usage)
            }
            book = book.reported(in: currency)
        }
        return book
    }
}
