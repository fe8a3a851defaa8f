import Alerts
import BrokerKit
import PortfolioModel
import Risk
import Supervision

extension Recording {
    /// What the supervisor is about to do.
    func add(_ step: SupervisorStep) {
        switch step {
        case .begin: add(RecordedStep.begin)
        case .tick: add(RecordedStep.tick)
        case .rates(let rates): add(RecordedStep.rates(rates))
        case .received(let events, let broker): add(RecordedStep.received(events, from: broker))
        case .aged(let broker): add(RecordedStep.aged(broker))
        case .noted(let lines): add(RecordedStep.noted(lines))
        case .imported(let document, let broker, let batch):
            for number in document.rows.compactMap(\.content.account) {
                learn(account: number, writtenIn: batch.bytes)
            }
            for snapshot in document.snapshots { learn(account: snapshot.account.number, writtenIn: batch.bytes) }
            add(
                .imported(
                    RecordedFile(
                        broker: broker, fileName: batch.fileName, body: RecordedBytes(batch.bytes),
                        asOf: document.asOfSource == "option" ? document.asOfDate : nil,
                        importedAt: batch.importedAt)))
        }
    }

    /// The view that the alert rules are held against.
    func evaluates(_ view: PortfolioView) { add(RecordedStep.evaluated(RecordedView(view))) }

    /// Documents of a view, masked, to compare a replay with.
    func checkpoint(_ library: DocumentLibrary, isReport: Bool) {
        guard let answer = try? library.response(to: DocumentQuery(DocumentName.reported)) else { return }
        add(.checkpoint(RecordedView(library.view), answer.documents, isReport: isReport))
    }
}

extension RecordedView {
    init(_ view: PortfolioView) { self.init(at: view.at, sequence: view.sequence, alarms: view.alarms) }
}

extension DocumentName {
    /// What `--out` writes.
    static let reported: [DocumentName] = [.status, .positions, .accounts, .balances]
}

/// Keeps what the alert rules said.
struct RecordingAlertSink: AlertSink {
    let recording: Recording

    func deliver(_ transitions: [AlertTransition]) async { recording.add(.fired(transitions.map(\.description))) }
}

extension ImportRow.Content {
    /// The number of the account a row names.
    fileprivate var account: String? {
        switch self {
        case .position(let account, _), .cash(let account, _, _): account
        case .refused(_, _, let account): account
        case .ignored: nil
        }
    }
}
