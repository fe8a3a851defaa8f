/// What the CLI asks of a running service. One JSON object a line, one answer a request.
package struct ControlRequest: Codable, Sendable {
    package enum Command: Codable, Sendable {
        case documents(DocumentQuery)
        case synchronize(broker: String?)
        case importFile(ImportRequest)
        case importData(DataImportRequest)
    }

    /// Of this protocol; a service refuses a newer one.
    package var version = 1
    package var command: Command

    package init(_ command: Command) { self.command = command }

    var changesNothing: Bool {
        if case .documents = command { true } else { false }
    }

    /// How long a client waits for the answer. An analysis of a large book takes its time, and so does a venue.
    var patience: Duration {
        switch command {
        case .documents(let query):
            query.isAnalysis ? .seconds(120) : .seconds(10)
        case .synchronize: .seconds(300)
        case .importFile, .importData: .seconds(120)
        }
    }
}

/// Which documents, rendered from one state of the book.
package struct DocumentQuery: Codable, Sendable {
    package var names: [DocumentName]
    package var unmask = false
    /// Account id (`fidelity-1`) that history is wanted of; nil is all.
    package var account: String?
    package var limit: Int?
    /// What analyses among the documents are to be of; nil takes their defaults.
    package var analysis: AnalysisQuery?
    /// `YYYY-MM-DD`: as history has it, where a document can.
    package var asOf: String?
    /// Currency code that figures are wanted in, where a document can; nil is base currency.
    package var currency: String?
    /// Symbol of the instrument that is wanted, where a document can; nil is all.
    package var symbol: String?

    package init(
        _ names: [DocumentName], unmask: Bool = false, account: String? = nil, limit: Int? = nil,
        analysis: AnalysisQuery? = nil
    ) {
        self.analysis = analysis
        self.names = names
        self.unmask = unmask
        self.account = account
        self.limit = limit
    }
}

extension DocumentQuery {
    /// Whether a part of it is computed on demand from a copy of the engine.
    var isAnalysis: Bool { analysis != nil || names.contains(where: \.isAnalysis) }
}

/// The documents that can be asked for; raw values are the commands' names.
package enum DocumentName: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case status, positions, greeks, accounts, balances, transactions, instruments, brokers, fx, prices
    case risk, exposure, scenarios, attribution
    case valueAtRisk = "var"
    case whatIf = "what-if"

    /// Whether it is computed on demand from a copy of the engine.
    var isAnalysis: Bool {
        switch self {
        case .risk, .exposure, .scenarios, .attribution, .valueAtRisk, .whatIf: true
        default: false
        }
    }
}

/// One file to be imported: its bytes travel, so that the service needs no right to read the user's folders.
package struct ImportRequest: Codable, Sendable {
    package var broker: String
    package var fileName: String
    /// Base64.
    package var bytes: String
    package var dryRun = false
    /// Takes a file older than the snapshot held.
    package var force = false
    /// Imports the rest of a file with refused rows.
    package var skipRefused = false
    /// `YYYY-MM-DD` for files that do not say.
    package var asOf: String?
    package var unmask = false

    package init(broker: String, fileName: String, bytes: String) {
        self.broker = broker
        self.fileName = fileName
        self.bytes = bytes
    }
}

/// A file of market data to be imported: its bytes travel.
package struct DataImportRequest: Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// ECB reference rates.
        case rates
        /// Daily closes.
        case prices
    }

    package var kind: Kind
    package var fileName: String
    /// Base64.
    package var bytes: String
    package var dryRun = false

    package init(_ kind: Kind, fileName: String, bytes: String, dryRun: Bool) {
        self.kind = kind
        self.fileName = fileName
        self.bytes = bytes
        self.dryRun = dryRun
    }
}

/// The answer: documents as JSON text by name, or an error.
package struct ControlResponse: Codable, Sendable {
    package var documents: [DocumentName: String] = [:]
    package enum ResultKind: String, Codable, Sendable { case sync, importReport, dataImport }

    /// Result document of an import or a synchronisation, and which of them it is.
    package var result: String?
    package var kind: ResultKind?
    /// Exit status the command is to end with.
    package var exitStatus: Int32 = 0
    package var error: CommandError?

    package init() {}
}
