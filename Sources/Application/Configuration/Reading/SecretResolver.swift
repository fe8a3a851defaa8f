import BrokerKit
import Foundation

/// Fetches secrets from where references point. Errors name the place, never the content.
struct SecretResolver: Sendable {
    /// Larger files are no secrets.
    static let maximumBytes = 64 << 10

    let environment: [String: String]
    /// What relative paths start at.
    let folder: String

    func resolve(_ reference: SecretReference) throws(ValueProblem) -> SecretString {
        switch reference {
        case .environment(let name):
            guard let value = environment[name], !value.isEmpty else {
                throw ValueProblem(
                    "refers to the environment variable \(name), which is not set",
                    fix: "set \(name), or use file: or credential:", code: "missing-secret")
            }
            return SecretString(value)
        case .file(let path):
            return try read(ConfigurationFolder.resolve(path, from: folder, environment), checkingMode: true)
        case .credential(let name):
            guard let directory = environment["CREDENTIALS_DIRECTORY"], !directory.isEmpty else {
                throw ValueProblem(
                    "refers to the credential \(name), but the service was started without credentials",
                    fix: "add LoadCredential=\(name):/path to the systemd unit, or use file:", code: "missing-secret")
            }
            // systemd guards the directory; its files may be readable by the service's group.
            return try read("\(directory)/\(name)", checkingMode: false)
        }
    }

    private func read(_ path: String, checkingMode: Bool) throws(ValueProblem) -> SecretString {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = errno == EACCES ? "may not be read" : "does not exist or cannot be opened"
            throw ValueProblem(
                "refers to \(path), which \(reason)", fix: "create it with mode 0600", code: "missing-secret")
        }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= Self.maximumBytes else {
            throw ValueProblem("refers to \(path), which is not a small regular file", code: "missing-secret")
        }
        if checkingMode, info.st_mode & 0o077 != 0 {
            let mode = String(info.st_mode & 0o777, radix: 8)
            throw ValueProblem(
                "refers to \(path), which other users can read or write (mode \(mode))",
                fix: "chmod 600 \(path)", code: "secret-mode")
        }
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else {
            throw ValueProblem("refers to \(path), which is empty", code: "missing-secret")
        }
        return SecretString(text)
    }
}
