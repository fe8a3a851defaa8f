import Foundation

/// Holds a lock file, such as `<database>.lock` for as long as this process writes the store; the kernel lets go when
/// the process dies.
package final class InstanceLock: Sendable {
    private let descriptor: Int32

    /// Throws `.locked` at once when another holder exists. `database` is what the error names.
    package init(_ path: String, database: String) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError(.ioError, "cannot open \(path): \(String(errno: errno))", path: database)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            guard reason == EWOULDBLOCK else {
                throw StoreError(.ioError, "cannot lock \(path): \(String(errno: reason))", path: database)
            }
            throw StoreError(
                .locked, "another process holds this store", path: database,
                fix: "stop it, or give this one its own database")
        }
    }

    /// Lets go before the end of the process; harmless when repeated.
    package func release() { _ = flock(descriptor, LOCK_UN) }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
