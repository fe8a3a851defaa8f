import Foundation

/// The lines of a recording, one after another: memory is bounded by the longest line and a chunk, not by the file.
struct RecordingLines: ~Copyable {
    /// One line without its end.
    struct Line {
        var bytes: ArraySlice<UInt8>
        /// Where it begins in the file.
        var place: Int
        /// A line feed followed.
        var hasEnd: Bool
    }

    /// A line that no run writes; `place` is where it begins in the file.
    struct TooLong: Error { var place: Int }

    /// Some ten times the book of 10,000 positions, which is one line.
    private static let longest = 1 << 28

    private static let chunk = 1 << 20

    private let handle: FileHandle?
    private var pending: [UInt8] = []
    /// Where the next line begins in `pending`, and in the file.
    private var start = 0
    private var place = 0
    private var isExhausted: Bool

    /// Of a file; nil when it cannot be read.
    init?(path: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            return nil
        }
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        isExhausted = false
    }

    init(bytes: [UInt8]) {
        handle = nil
        pending = bytes
        isExhausted = true
    }

    /// nil behind the last line. Throws `TooLong`, and what reading the file throws.
    mutating func next() throws -> Line? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: 0x0A) {
                defer { advance(to: end + 1) }
                return Line(bytes: pending[start..<end], place: place, hasEnd: true)
            }
            searched = pending.count
            if searched - start > Self.longest { throw TooLong(place: place) }
            let isMore = try fill()
            if isMore { continue }
            guard start < pending.count else { return nil }
            defer { advance(to: pending.count) }
            return Line(bytes: pending[start...], place: place, hasEnd: false)
        }
    }

    /// Reads a chunk more; false when there is none.
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
