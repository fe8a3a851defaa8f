import Foundation

/// Where things are (XDG Base Directory Specification 0.8). The sandbox profile lives apart, all under one folder.
struct Paths: Sendable, Equatable {
    /// sockaddr_un holds 108 bytes with the terminating zero (unix(7)).
    static let maximumSocketBytes = 107

    /// What is read when no other file is named; it need not exist.
    let configuration: String
    let database: String
    let backups: String
    let inbox: String
    let log: String
    /// The control socket; its folder is the service's own or the user's runtime folder, mode 0700.
    let socket: String
    let isSandbox: Bool
    /// `$XDG_STATE_HOME/tributary/sandbox`
    let sandboxFolder: String

    /// Throws when there is no home folder to start from, or when the socket's path is too long to be bound.
    init(environment: [String: String], sandbox: Bool) throws(ConfigurationErrors) {
        /// The specification has relative paths ignored.
        func folder(_ name: String, _ fallback: String) throws(ConfigurationErrors) -> String {
            if let value = environment[name], value.hasPrefix("/") { return Self.withoutTrailingSlash(value) }
            guard let home = environment["HOME"], home.hasPrefix("/") else {
                throw ConfigurationErrors([
                    ConfigurationError(
                        code: "no-home", message: "neither \(name) nor HOME is set to an absolute path",
                        fix: "set HOME, or all of XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME")
                ])
            }
            return "\(Self.withoutTrailingSlash(home))/\(fallback)"
        }
        let state = try folder("XDG_STATE_HOME", ".local/state") + "/tributary"
        let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? Self.withoutTrailingSlash($0) : nil }
        sandboxFolder = "\(state)/sandbox"
        isSandbox = sandbox
        if sandbox {
            configuration = "\(sandboxFolder)/config.yaml"
            database = "\(sandboxFolder)/tributary.db"
            backups = "\(sandboxFolder)/backups"
            inbox = "\(sandboxFolder)/inbox"
            log = "\(sandboxFolder)/tributary.log"
            socket = runtime.map { "\($0)/tributary-sandbox.sock" } ?? "\(sandboxFolder)/run/tributary.sock"
        } else {
            let data = try folder("XDG_DATA_HOME", ".local/share") + "/tributary"
            configuration = try folder("XDG_CONFIG_HOME", ".config") + "/tributary/config.yaml"
            database = "\(data)/tributary.db"
            backups = "\(data)/backups"
            inbox = "\(data)/inbox"
            log = "\(state)/tributary.log"
            socket = runtime.map { "\($0)/tributary.sock" } ?? "\(state)/run/tributary.sock"
        }
        if socket.utf8.count > Self.maximumSocketBytes {
            throw ConfigurationErrors([
                ConfigurationError(
                    code: "socket-path-too-long",
                    message: "the control socket's path has \(socket.utf8.count) bytes, more than the "
                        + "\(Self.maximumSocketBytes) a socket address can hold",
                    file: socket, fix: "set XDG_RUNTIME_DIR or XDG_STATE_HOME to a shorter folder")
            ])
        }
    }

    private static func withoutTrailingSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
