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

    /// One document as JSON text.
    func text(_ name: DocumentName, _ query: AnalysisQuery) throws -> String {
        let scope = try scope(query)
        let encoder = DocumentEncoder()
        return switch name {
        case .exposure: try encoder.text(ExposureDocument(scope))
        case .scenarios: try encoder.text(ScenariosDocument(scope, history: history(scope)))
        case .valueAtRisk: try encoder.text(ValueAtRiskDocument(scope, history: history(scope)))
        case .whatIf: try encoder.text(whatIf(scope))
        default: try encoder.text(RiskDocument(scope))
        }
    }

    /// What a query is of: the view of the accounts and in the currency that it names.
    func scope(_ query: AnalysisQuery) throws -> AnalysisScope {
        let book = try restated(query)
        return scope(engine.restated(book, at: at), query)
    }

    private func scope(_ engine: RiskEngine, _ query: AnalysisQuery) -> AnalysisScope {
        AnalysisScope(
            engine: engine, view: engine.view(at: at), labels: labels(engine.book), weighting: weighting(engine),
            dividends: dividends(engine.book), query: query, options: options)
    }

    /// What the store knows of the past of everything the scope moves with.
    private func history(_ scope: AnalysisScope) throws -> FactorHistory {
        FactorHistory(base: scope.base)
    }

    private func whatIf(_ before: AnalysisScope) throws -> WhatIfDocument {
        do {
            let legs = try before.query.legs.map { text throws(HypotheticalLeg.Mistake) in try HypotheticalLeg(text) }
            let changed = try WhatIf(legs, on: before.engine)
            return try WhatIfDocument(
                before: before, after: scope(changed.engine, before.query), notes: changed.notes)
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
            guard book.accounts[AccountID(id)] != nil else {
                let ids = book.sortedAccounts.map(\.id.text).joined(separator: ", ")
                throw CommandError(
                    "unknown-account", "no account \(id) here", fix: ids.isEmpty ? nil : "one of: \(ids)", exit: .usage)
            }
            book = book.restricted(to: [AccountID(id)])
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

    private func labels(_ book: Book) -> BreakdownLabels {
        var portfolios: [AccountID: [String]] = [:]
        for account in book.accounts.values {
            portfolios[account.id] = configuration.portfolios.filter { $0.accounts.contains(account.key) }.map(\.name)
        }
        return BreakdownLabels(
            portfolios: portfolios.filter { !$0.value.isEmpty }, sectors: configuration.analysis.sectors)
    }

    private func weighting(_ engine: RiskEngine) -> BetaWeighting {
        BetaWeighting(
            index: configuration.analysis.index, price: engine.basePrice(of: configuration.analysis.index),
            betas: betas(engine.book))
    }

    /// Configured betas go before the feed's.
    private func betas(_ book: Book) -> [String: Figure<Double>] {
        var betas: [String: Figure<Double>] = [:]
        for instrument in book.master.instruments {
            let market = book.markets[instrument.id]
            guard let beta = market.profile?.beta, beta.isFinite else { continue }
            betas[instrument.symbol] = .known(
                beta, market.isLive ? .confirmed : .stale, asOf: market.updatedAt, source: market.source?.name ?? "feed")
        }
        for (symbol, beta) in configuration.analysis.betas {
            betas[symbol] = .confirmed(beta, asOf: nil, source: "config")
        }
        return betas
    }

    /// What the feed announces of each underlying; the configuration's go before it.
    private func dividends(_ book: Book) -> [String: [ExpectedDividend]] {
        var dividends: [String: [ExpectedDividend]] = [:]
        for instrument in book.master.instruments {
            let market = book.markets[instrument.id]
            guard let profile = market.profile, let date = profile.exDividendDate, let amount = profile.dividendAmount,
                amount > 0, amount.isFinite
            else { continue }
            dividends[instrument.symbol] = [
                ExpectedDividend(exDate: date, amount: amount, source: market.source?.name ?? "feed")
            ]
        }
        dividends.merge(configuration.model.assumptions.dividends) { $1 }
        return dividends
    }
}
