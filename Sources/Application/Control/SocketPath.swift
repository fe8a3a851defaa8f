import Foundation

/// Rules for the control socket's place.
enum SocketPath {
    static func check(_ path: String) throws(CommandError) {
        guard path.utf8.count <= Paths.maximumSocketBytes else {
            throw CommandError(
                "socket-path-too-long",
                "the control socket's path has \(path.utf8.count) bytes; at most \(Paths.maximumSocketBytes)",
                file: path, fix: "set XDG_RUNTIME_DIR or XDG_STATE_HOME to a shorter folder", exit: .configuration)
        }
    }

    /// Makes the directory with mode 0700, and refuses one that others may enter.
    static func prepare(_ path: String) throws(CommandError) {
        try check(path)
        let directory = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandError(
                "socket-directory", "the control socket's folder cannot be made: \(error.localizedDescription)",
                file: directory, exit: .permission)
        }
        var info = stat()
        guard stat(directory, &info) == 0, info.st_uid == getuid(), info.st_mode & 0o077 == 0 else {
            throw CommandError(
                "socket-directory", "the control socket's folder is open to other users", file: directory,
                fix: "chmod 700 \(directory)", exit: .permission)
        }
    }
}
