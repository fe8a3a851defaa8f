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

    func text(_ name: DocumentName, _ json: String, now: Timestamp) throws -> ShownDocument {
        if asJSON { return ShownDocument(text: json + "\n") }
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
    func result(_ response: ControlResponse, now: Timestamp) throws -> ShownDocument {
        guard let json = response.result, let kind = response.kind else { return ShownDocument(text: "") }
        if asJSON { return ShownDocument(text: json + "\n") }
        return switch kind {
        case .sync: try table(SyncDocument.self, json, now)
        case .importReport: try table(ImportReportDocument.self, json, now)
        case .dataImport: try table(DataImportDocument.self, json, now)
        }
    }

    private func table<D: Document & Tabular>(
        _ type: D.Type, _ json: String, _ now: Timestamp
    ) throws -> ShownDocument {
        renderer.shown(try DocumentDecoder().decode(D.self, from: Data(json.utf8)), now: now)
    }
}

/// What a command prints of one document.
struct ShownDocument: Sendable, Equatable {
    /// For standard output; ends with a line end.
    var text: String
    /// For standard error, a line each: why figures of a plain table are unknown.
    var reasons: [String] = []

    var messages: [String] { reasons.map { "# reason: \($0)" } }

    /// Data to standard output, messages to standard error unless `quiet`.
    func print(quiet: Bool) {
        Console.output(text)
        if !quiet { for message in messages { Console.message(message) } }
    }
}

extension DocumentRenderer {
    func shown(_ document: some Tabular, now: Timestamp) -> ShownDocument {
        ShownDocument(text: text(document, now: now), reasons: reasons(document, now: now))
    }
}

extension GlobalOptions {
    var terminal: Terminal {
        Terminal.current(environment: ProcessInfo.processInfo.environment, noColour: noColor || plain)
    }
}
