import BrokerKit
import Crypto
import Foundation
import PortfolioModel
import PortfolioStore
import Supervision

/// One file's way into the book: read, compared, refused or applied whole.
struct FileImport: Sendable {
    let core: ServiceCore

    struct Outcome: Sendable {
        var document: ImportDocument
        var preview: ImportPreview
        var sha256: String
        var applied: Bool
        /// Why nothing was written although nothing is wrong.
        var note: String?
        /// What a preview's import would be refused with.
        var refusal: CommandError?
    }

    func run(_ request: ImportRequest) async throws -> Outcome {
        let broker = BrokerID(request.broker)
        let reader = try BrokerCatalogue.reader(for: request.broker)
        guard core.made.contains(broker) else {
            throw CommandError.notEnabled(request.broker, file: core.configuration.file)
        }
        guard let data = Data(base64Encoded: request.bytes) else {
            throw CommandError("bad-request", "the file's bytes did not arrive whole", file: request.fileName)
        }
        let bytes = [UInt8](data)
        let document = try read(reader, request, bytes)
        let sha256 = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        let preview = await core.supervisor.preview(document, of: broker)
        var outcome = Outcome(document: document, preview: preview, sha256: sha256, applied: false)
        let isHeld: Bool
        do {
            isHeld = try await examine(outcome, broker, request)
        } catch let error as CommandError {
            guard request.dryRun else { throw error }
            outcome.refusal = error
            return outcome
        }
        if request.dryRun { return outcome }
        if isHeld {
            outcome.note = "this file is the snapshot held; nothing changed"
            return outcome
        }
        let batch = ImportBatch(
            sha256: sha256, broker: broker, fileName: request.fileName, layout: document.layout, asOf: document.asOf,
            importedAt: core.clock.now(), accounts: [], bytes: bytes)
        outcome.preview = try await core.supervisor.apply(document, of: broker, batch: batch)
        outcome.applied = true
        return outcome
    }

    /// Throws what stands against the file; tells whether exactly it is what is held.
    private func examine(_ outcome: Outcome, _ broker: BrokerID, _ request: ImportRequest) async throws -> Bool {
        try refuse(outcome.preview, outcome.document, request)
        if try await isHeld(outcome.document, broker, outcome.sha256) { return true }
        try await refuseOlder(outcome.document, broker, request)
        return false
    }

    private func read(
        _ reader: any FileReader, _ request: ImportRequest, _ bytes: [UInt8]
    ) throws(CommandError) -> ImportDocument {
        var date: CalendarDate?
        if let text = request.asOf {
            guard let parsed = CalendarDate(text) else {
                throw CommandError("bad-date", "--as-of takes YYYY-MM-DD", field: "as-of", exit: .usage)
            }
            date = parsed
        }
        do { return try reader.read(fileName: request.fileName, bytes: bytes, asOf: date) } catch {
            throw CommandError(
                error.code, error.message, file: request.fileName, line: error.line, field: error.field, fix: error.fix,
                exit: .dataError)
        }
    }

    /// With `skipRefused` only when nothing would be left: an account with a refused row is not taken.
    private func refuse(
        _ preview: ImportPreview, _ document: ImportDocument, _ request: ImportRequest
    ) throws(CommandError) {
        guard let first = preview.refused.first, !request.skipRefused || document.snapshots.isEmpty else { return }
        let count = preview.refused.count
        throw CommandError(
            "refused-rows",
            "\(count) row\(count == 1 ? " is" : "s are") not understood; nothing was imported. First: "
                + (first.reason ?? "unknown reason"),
            file: request.fileName, line: first.firstLine, field: first.field,
            fix: request.skipRefused
                ? "correct the row; every account of this file has one that is refused"
                : "correct the row, or import the file's other accounts with --skip-refused (see --dry-run)",
            exit: .dataError)
    }

    /// Whether exactly this file is what every one of its accounts holds.
    private func isHeld(_ document: ImportDocument, _ broker: BrokerID, _ sha256: String) async throws -> Bool {
        for snapshot in document.snapshots {
            guard let account = await core.supervisor.knownAccount(snapshot.account.number, broker),
                let latest = try core.store.latestImport(account: account.id), latest.sha256 == sha256
            else { return false }
        }
        return !document.snapshots.isEmpty
    }

    private func refuseOlder(_ document: ImportDocument, _ broker: BrokerID, _ request: ImportRequest) async throws {
        guard !request.force else { return }
        for snapshot in document.snapshots {
            guard let account = await core.supervisor.knownAccount(snapshot.account.number, broker),
                let held = account.asOf, held > snapshot.asOf
            else { continue }
            throw CommandError(
                "older-file", "\(account.id) holds a snapshot of \(held); this file is of \(snapshot.asOf)",
                file: request.fileName, fix: "import the newer file, or go back with --force", exit: .dataError)
        }
    }
}
