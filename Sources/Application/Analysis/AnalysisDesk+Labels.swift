import PortfolioModel
import PortfolioStore
import Risk

extension AnalysisDesk {
    func labels(_ view: PortfolioView, _ orders: OpeningOrders) -> BreakdownLabels {
        var portfolios: [AccountID: [String]] = [:]
        for account in view.accountsByID.values {
            portfolios[account.id] = configuration.portfolios.filter { $0.accounts.contains(account.key) }.map(\.name)
        }
        return BreakdownLabels(
            portfolios: portfolios.filter { !$0.value.isEmpty }, sectors: configuration.analysis.sectors,
            grouping: view.grouping, orders: orders)
    }

    /// Of the options held, from the history that is kept.
    func openingOrders() throws -> OpeningOrders {
        let book = engine.book
        let held = book.positions.keys.filter { book.master[$0.instrument].kind.isOption }
        return OpeningOrders(try store.transactions(of: held))
    }

    /// Betas as configured, else from weekly returns, else the feed's.
    func weighting(_ engine: RiskEngine, _ past: MarketPast) -> BetaWeighting {
        weighting(engine, with: betas(engine.book, past))
    }

    /// The index at its present price, with betas that are known already.
    func weighting(_ engine: RiskEngine, with betas: [String: Figure<Double>]) -> BetaWeighting {
        let index = configuration.betas.index
        return BetaWeighting(index: index, price: engine.basePrice(of: index), betas: betas)
    }

    /// By symbol; those of `wanted` alone where it is given.
    func betas(_ book: Book, _ past: MarketPast, of wanted: Set<String>? = nil) -> [String: Figure<Double>] {
        let symbol = configuration.betas.index
        var betas = feedBetas(book)
        let master = book.master
        if let index = master.instruments.first(where: { $0.symbol == symbol && !$0.kind.isDerivative }) {
            let estimator = BetaEstimator(
                history: past.prices, fx: past.rates, index: index.id, indexCurrency: index.currency,
                weeks: configuration.betas.weeks, overrides: configuration.betas.overrides)
            for instrument in master.instruments
            where !instrument.kind.isOption && wanted?.contains(instrument.symbol) != false {
                let beta = estimator.beta(of: instrument, through: past.through)
                if beta.value != nil || betas[instrument.symbol] == nil {
                    betas[instrument.symbol] = beta.map(\.value)
                }
            }
        }
        for (symbol, value) in configuration.betas.overrides {
            betas[symbol] = .confirmed(value, asOf: nil, source: "config")
        }
        return betas
    }

    private func feedBetas(_ book: Book) -> [String: Figure<Double>] {
        var betas: [String: Figure<Double>] = [:]
        for instrument in book.master.instruments {
            let market = book.markets[instrument.id]
            guard let beta = market.profile?.beta, beta.isFinite else { continue }
            betas[instrument.symbol] = .known(
                beta, market.isLive ? .confirmed : .stale, asOf: market.updatedAt,
                source: market.source?.name ?? "feed")
        }
        return betas
    }

    /// What the feed announces of each underlying; the configuration's go before it.
    func dividends(_ book: Book) -> [String: [ExpectedDividend]] {
        var dividends: [String: [ExpectedDividend]] = [:]
        for instrument in book.master.instruments {
            let market = book.markets[instrument.id]
            if let announced = ExpectedDividend(market.profile, source: market.source?.name ?? "feed") {
                dividends[instrument.symbol] = [announced]
            }
        }
        dividends.merge(configuration.model.assumptions.dividends) { $1 }
        return dividends
    }
}
