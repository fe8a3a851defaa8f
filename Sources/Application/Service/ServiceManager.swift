import Foundation

/// The service manager that started this process, as far as sd_notify(3) goes: one datagram a word to the socket that
/// `NOTIFY_SOCKET` names. Without that variable nothing is sent.
struct ServiceManager: Sendable {
    enum Word: String, Sendable {
        /// The book is loaded and the control socket accepts.
        case ready = "READY=1"
        /// Everything that must move has moved.
        case alive = "WATCHDOG=1"
        case stopping = "STOPPING=1"
    }

    /// How often it wants to hear `alive` at the least; nil when it does not ask.
    let watchdogLimit: Duration?
    private let path: String?

    init(environment: [String: String] = ProcessInfo.processInfo.environment, processID: Int32 = getpid()) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.utf8.count > 1 ? $0 : nil }
        // The variable is inherited: another process may be meant.
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(processID)" } ?? true
        let limit = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogLimit = path != nil && isMeant && limit > 0 ? .microseconds(limit) : nil
    }

    /// Whether the word was sent. Never waits: a manager that does not listen loses it.
    @discardableResult
    func tell(_ word: Word) -> Bool {
        guard let path else { return false }
        var name = Array(path.utf8)
        // An abstract socket's name begins with a zero, which a variable cannot hold.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let text = Array(word.rawValue.utf8)
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        return sent == text.count
    }
}
