import BrokerKit
import PortfolioModel
import Risk

/// Every document that can be asked for, made from one view: one sequence, one time.
struct DocumentLibrary: Sendable {
    let view: PortfolioView
    let master: InstrumentMaster
    let transactions: [Transaction]
    let service: ServiceInfo
    let catalogue: [BrokersDocument.Entry]
    var history = MarketHistory()
    /// Answers analyses; nil where none were asked for.
    var analysis: AnalysisDesk?
    /// For `status`; nil where betas are not read.
    var weighting: BetaWeighting?

    func response(to query: DocumentQuery) throws -> ControlResponse {
        let options = DocumentOptions(unmask: query.unmask)
        var response = ControlResponse()
        for name in query.names { response.documents[name] = try text(name, query, options) }
        return response
    }

    /// Of the scope asked for, with its dimensions; of the whole book without one.
    private func greeks(_ query: DocumentQuery, _ options: DocumentOptions) throws -> GreeksDocument {
        guard let wanted = query.analysis, let analysis else {
            return GreeksDocument(view: view, service: service, options: options)
        }
        let scope = try analysis.scope(wanted)
        let breakdowns = try scope.dimensions([]).map {
            BreakdownDocument(scope.breakdown($0), base: scope.base, index: scope.weighting.index)
        }
        return GreeksDocument(view: scope.view, service: service, options: options, breakdowns: breakdowns)
    }

    private func text(_ name: DocumentName, _ query: DocumentQuery, _ options: DocumentOptions) throws -> String {
        let encoder = DocumentEncoder()
        switch name {
        case .status:
            return try encoder.text(
                StatusDocument(view: view, service: service, options: options, weighting: weighting))
        case .positions: return try encoder.text(PositionsDocument(view: view, service: service, options: options))
        case .greeks: return try encoder.text(try greeks(query, options))
        case .accounts: return try encoder.text(AccountsDocument(view: view, service: service, options: options))
        case .balances: return try encoder.text(BalancesDocument(view: view, service: service, options: options))
        case .brokers:
            return try encoder.text(BrokersDocument(catalogue: catalogue, view: view, options: options))
        case .instruments:
            return try encoder.text(InstrumentsDocument(master: master, sequence: view.sequence, asOf: view.at))
        case .fx:
            return try encoder.text(
                FXDocument(view: view, rates: history.rates, date: history.date, currency: try query.target(view.base)))
        case .prices:
            return try encoder.text(
                PricesDocument(
                    coverage: history.coverage, prices: history.prices, instruments: master,
                    sequence: view.sequence, asOf: view.at))
        case .transactions:
            return try encoder.text(
                TransactionsDocument(
                    transactions: transactions, accounts: view.accountsByID, instruments: master,
                    sequence: view.sequence, asOf: view.at, options: options))
        case .risk, .exposure, .scenarios, .attribution, .valueAtRisk, .whatIf:
            guard let analysis else {
                throw CommandError("no-analysis", "\(name.rawValue) is not kept", exit: .software)
            }
            return try analysis.text(name, query.analysis ?? AnalysisQuery())
        }
    }
}

extension BrokerCapabilities {
    /// The words documents use.
    var names: [String] {
        let all: [(BrokerCapabilities, String)] = [
            (.positions, "positions"), (.history, "history"), (.quotes, "quotes"), (.greeks, "greeks"),
            (.fileImport, "fileImport"), (.priceHistory, "priceHistory"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
