import Foundation

/// The lines of a recording, one after another: memory is bounded by the longest line and a chunk, not by the file.
struct RecordingLines: ~Copyable {
    /// One line without its end.
    struct Line {
        var bytes: ArraySlice<UInt8>
        /// Where it begins in the file.
        var place: Int
        /// No line feed followed, or nothing followed the line feed.
        var isLast: Bool
        var hasEnd: Bool
    }

    private static let chunk = 1 << 20

    private let handle: FileHandle?
    private var pending: [UInt8] = []
    /// Where the next line begins in `pending`, and in the file.
    private var start = 0
    private var place = 0
    private var isExhausted: Bool

    /// Of a file; nil when it cannot be read.
    init?(path: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        isExhausted = false
    }

    init(bytes: [UInt8]) {
        handle = nil
        pending = bytes
        isExhausted = true
    }

    /// nil behind the last line. Throws what reading the file throws.
    mutating func next() throws -> Line? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                if end == pending.count - 1 { try fill() }
                defer { advance(to: end + 1) }
                return Line(
                    bytes: pending[start..<end], place: place, isLast: end == pending.count - 1, hasEnd: true)
            }
            searched = pending.count
            let isMore = try fill()
            if isMore { continue }
            guard start < pending.count else { return nil }
            defer { advance(to: pending.count) }
            return Line(bytes: pending[start...], place: place, isLast: true, hasEnd: false)
        }
    }

    /// Reads a chunk more; false when there is none.
    @discardableResult
    private mutating func fill() throws -> Bool {
        guard !isExhausted, let chunk = try handle?.read(upToCount: Self.chunk), !chunk.isEmpty else {
            isExhausted = true
            return false
        }
        pending += chunk
        return true
    }

    private mutating func advance(to next: Int) {
        place += next - start
        start = next
        // What was read is dropped by the chunk: by the line it would be moved again and again.
        if start >= Self.chunk {
            pending.removeSubrange(..<start)
            start = 0
        }
    }
}
