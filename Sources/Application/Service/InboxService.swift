import Foundation
import Logging
import PortfolioModel
import ServiceLifecycle

/// Watches `<inbox>/<broker>/` and imports what is put there, as `tributary import` would. What was taken goes to
/// `done`, what was not to `refused` with the reason beside it; nothing is deleted.
struct InboxService: Service {
    let core: ServiceCore

    static let interval: Duration = .seconds(5)
    /// A file that still grows is left alone: it must not have changed for so long.
    static let settled: TimeInterval = 2

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for entry in BrokerCatalogue.entries where entry.reader != nil && core.made.contains(entry.id) {
                    await look(into: "\(core.configuration.inboxPath)/\(entry.id)", broker: entry.id.name)
                }
                try? await core.clock.sleep(for: Self.interval)
            }
        }
    }

    /// Imports every settled file of one broker's folder, oldest name first.
    func look(into folder: String, broker: String) async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.lowercased().hasSuffix(".csv") {
            let path = "\(folder)/\(name)"
            guard isSettled(path) else { continue }
            do {
                let bytes = try ImportCommand.read(path)
                let request = ImportRequest(
                    broker: broker, fileName: name, bytes: Data(bytes).base64EncodedString())
                let outcome = try await FileImport(core: core).run(request)
                core.logger.info(
                    "a file was imported", metadata: ["broker": "\(broker)", "applied": "\(outcome.applied)"])
                try move(path, to: "\(folder)/done", name)
            } catch {
                let reason = (error as? CommandError)?.text ?? "\(error)"
                let place = setAside(path, "\(folder)/refused", name, reason) ?? "-"
                core.logger.warning(
                    "a file was refused", metadata: ["broker": "\(broker)", "file": "\(name)", "reason": "\(place)"])
            }
        }
    }

    private func isSettled(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let changed = attributes?[.modificationDate] as? Date
        else { return false }
        let now = Double(core.clock.now().microseconds) / 1e6
        return now - changed.timeIntervalSince1970 >= Self.settled
    }

    /// Where the reason stands: it may name accounts, so it is not for the log. nil when it could not be written.
    private func setAside(_ path: String, _ folder: String, _ name: String, _ reason: String) -> String? {
        do {
            let place = try move(path, to: folder, name) + ".reason.txt"
            try Data((reason + "\n").utf8).write(to: URL(fileURLWithPath: place))
            return place
        } catch {
            core.logger.error("a refused file could not be set aside", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Moves without replacing: a second file of the same name gets a number.
    @discardableResult
    private func move(_ path: String, to folder: String, _ name: String) throws -> String {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        var target = "\(folder)/\(name)"
        var number = 1
        while files.fileExists(atPath: target) {
            number += 1
            target = "\(folder)/\(number)-\(name)"
        }
        try files.moveItem(atPath: path, toPath: target)
        return target
    }
}
