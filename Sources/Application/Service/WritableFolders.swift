import Foundation

/// Whether the service can write where it has to: database and backups, inbox, log and control socket. A folder that is
/// not there yet has to be possible to make.
struct WritableFolders: Sendable {
    let checks: [DoctorReport.Check]

    init(_ configuration: ServiceConfiguration) {
        func parent(_ path: String) -> String { (path as NSString).deletingLastPathComponent }
        self.init([
            parent(configuration.databasePath), configuration.backupDirectory, configuration.inboxPath,
            parent(configuration.logFilePath), parent(configuration.socketPath),
        ])
    }

    init(_ folders: [String]) {
        let refused = Set(folders.compactMap(Self.obstacle)).sorted()
        checks =
            refused.isEmpty
            ? [DoctorReport.Check(name: "writing", result: .pass, message: "every folder can be written")]
            : refused.map {
                DoctorReport.Check(
                    name: "writing", result: .fail, message: "\($0) is not a folder that can be written",
                    fix: "chmod u+rwx '\($0)', or name another place in the configuration")
            }
    }

    /// What stands in the way of a folder: itself, or the nearest above it that is there; nil when it can be written.
    private static func obstacle(_ folder: String) -> String? {
        var place = folder
        while !place.isEmpty, place != "/", !FileManager.default.fileExists(atPath: place) {
            place = (place as NSString).deletingLastPathComponent
        }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
        return isThere && isFolder.boolValue && access(place, W_OK | X_OK) == 0 ? nil : place
    }
}
