import Crypto
import Foundation
import PortfolioStore

/// The file of a recording: lines of eight hexadecimal digits (the beginning of the SHA-256 of the digits of the line
/// before and the rest of this one), a blank and one step as JSON: a line that is missing or stands elsewhere shows.
/// Only ever appended to, so that a crash leaves at most the last line torn.
struct RecordingFile: ~Copyable {
    private let descriptor: Int32
    let path: String

    /// Makes the file, readable by its owner only. One that is there is never written to.
    init(creating path: String) throws(CommandError) {
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        self.path = path
        guard descriptor >= 0 else {
            let isThere = errno == EEXIST
            throw CommandError(
                isThere ? "recording-exists" : "recording-unwritable",
                isThere ? "there is a file of this name" : "the recording cannot be made: \(String(errno: errno))",
                file: path, fix: isThere ? "name another file" : "name a folder that can be written",
                exit: .inputOutput)
        }
    }

    /// A file that is open for writing already; closed with this.
    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends all of the bytes, or throws why not.
    func append(_ bytes: [UInt8]) throws(CommandError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw CommandError("recording-failed", String(errno: errno), file: path, exit: .inputOutput)
            }
            rest = rest.dropFirst(count)
        }
    }

    func synchronize() { fsync(descriptor) }

    /// Takes the file's name away.
    func remove() { unlink(path) }

    /// A line as it stands in the file. `sum` is that of the line before, empty at the first, and becomes this one's.
    static func line(_ json: [UInt8], after sum: inout [UInt8]) -> [UInt8] {
        sum = Self.sum(json, after: sum)
        return sum + [0x20] + json + [0x0A]
    }

    /// The eight digits before a line's JSON.
    static func sum(_ json: some Collection<UInt8>, after sum: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return SHA256.hash(data: sum + json).prefix(4).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
}
