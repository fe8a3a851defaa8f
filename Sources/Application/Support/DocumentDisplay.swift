import Foundation
import PortfolioModel

/// Documents as the command's options want them: JSON, or tables made from the same JSON.
struct DocumentDisplay: Sendable {
    private let asJSON: Bool
    private let renderer: DocumentRenderer

    init(options: GlobalOptions) {
        asJSON = options.json
        renderer = DocumentRenderer(terminal: options.terminal, plain: options.plain)
    }

    func text(_ name: DocumentName, _ json: String, now: Timestamp) throws -> String {
        if asJSON { return json + "\n" }
        return switch name {
        case .status: try table(StatusDocument.self, json, now)
        case .positions: try table(PositionsDocument.self, json, now)
        case .greeks: try table(GreeksDocument.self, json, now)
        case .accounts: try table(AccountsDocument.self, json, now)
        case .balances: try table(BalancesDocument.self, json, now)
        case .transactions: try table(TransactionsDocument.self, json, now)
        case .instruments: try table(InstrumentsDocument.self, json, now)
        case .brokers: try table(BrokersDocument.self, json, now)
        case .fx: try table(FXDocument.self, json, now)
        case .prices: try table(PricesDocument.self, json, now)
        case .risk: try table(RiskDocument.self, json, now)
        case .exposure: try table(ExposureDocument.self, json, now)
        case .scenarios: try table(ScenariosDocument.self, json, now)
        case .attribution: try table(AttributionDocument.self, json, now)
        case .valueAtRisk: try table(ValueAtRiskDocument.self, json, now)
        case .whatIf: try table(WhatIfDocument.self, json, now)
        }
    }

    /// The result document of a write.
    func result(_ response: ControlResponse, now: Timestamp) throws -> String {
        guard let json = response.result, let kind = response.kind else { return "" }
        if asJSON { return json + "\n" }
        return switch kind {
        case .sync: try table(SyncDocument.self, json, now)
        case .importReport: try table(ImportReportDocument.self, json, now)
        case .dataImport: try table(DataImportDocument.self, json, now)
        }
    }

    private func table<D: Document & Tabular>(_ type: D.Type, _ json: String, _ now: Timestamp) throws -> String {
        renderer.text(try DocumentDecoder().decode(D.self, from: Data(json.utf8)), now: now)
    }
}

extension GlobalOptions {
    var terminal: Terminal {
        Terminal.current(environment: ProcessInfo.processInfo.environment, noColour: noColor || plain)
    }
}
