import Foundation

/// A peer that closes while we write must be an error of one connection, not the end of the process.
enum IgnoredSignals {
    private static let once: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    static func install() { once }
}
