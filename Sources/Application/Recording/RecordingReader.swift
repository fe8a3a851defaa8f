import Foundation

/// Reads a recording step by step. A last line without its end is passed over: the crash that tore it is what the
/// recording is about.
struct RecordingReader: ~Copyable {
    let start: RecordedStart
    /// The last line was not whole; known when `next()` has given nil.
    private(set) var isTorn = false
    /// The recording was closed in order; known when `next()` has given nil.
    private(set) var isClosed = false
    /// Of the line read last.
    private var sum: [UInt8] = []
    private var lines: RecordingLines
    private let file: String

    /// Throws `missing` (66), `not-a-recording`, `recording-version` or `recording-damaged` (65).
    init(path: String) throws(CommandError) {
        guard let lines = RecordingLines(path: path) else {
            throw CommandError("missing", "there is no such file, or it cannot be read", file: path, exit: .noInput)
        }
        try self.init(lines, file: path)
    }

    init(bytes: [UInt8], file: String) throws(CommandError) {
        try self.init(RecordingLines(bytes: bytes), file: file)
    }

    private init(_ lines: consuming RecordingLines, file: String) throws(CommandError) {
        self.file = file
        self.lines = lines
        guard let line = try Self.line(&self.lines, file), line.hasEnd,
            let json = Self.whole(line.bytes, after: &sum)
        else { throw Self.alien(file) }
        try Self.checkVersion(json, file)
        guard case .start(let start)? = try? RecordedCoding.step(json) else { throw Self.alien(file) }
        self.start = start
    }

    /// The next step after the start; nil behind the last whole one. Throws `recording-damaged` (65) and
    /// `recording-unreadable` (74).
    mutating func next() throws(CommandError) -> RecordedStep? {
        guard !isTorn, let line = try Self.line(&lines, file) else { return nil }
        guard line.hasEnd else {
            isTorn = true
            return nil
        }
        guard let json = Self.whole(line.bytes, after: &sum), let step = try? RecordedCoding.step(json) else {
            throw Self.damaged(line.place, file)
        }
        if case .end = step { isClosed = true } else { isClosed = false }
        return step
    }

    private static func line(
        _ lines: inout RecordingLines, _ file: String
    ) throws(CommandError) -> RecordingLines.Line? {
        do { return try lines.next() } catch let error as RecordingLines.TooLong {
            throw error.place == 0 ? alien(file) : damaged(error.place, file)
        } catch {
            throw CommandError(
                "recording-unreadable", "the recording cannot be read further: \(error)", file: file,
                exit: .inputOutput)
        }
    }

    /// The JSON of a line that follows the one of that sum.
    private static func whole(_ line: ArraySlice<UInt8>, after sum: inout [UInt8]) -> ArraySlice<UInt8>? {
        let json = line.dropFirst(9)
        guard line.count > 9, line[line.startIndex + 8] == 0x20 else { return nil }
        let expected = RecordingFile.sum(json, after: sum)
        guard line.prefix(8).elementsEqual(expected) else { return nil }
        sum = expected
        return json
    }

    private static func alien(_ file: String) -> CommandError {
        CommandError("not-a-recording", "this is not a recording", file: file, exit: .dataError)
    }

    private static func damaged(_ place: Int, _ file: String) -> CommandError {
        CommandError(
            "recording-damaged", "the recording is damaged at byte \(place)", file: file,
            fix: "send it again, whole and in binary mode", exit: .dataError)
    }

    /// Before the rest is decoded: another version may have other steps.
    private static func checkVersion(_ json: ArraySlice<UInt8>, _ file: String) throws(CommandError) {
        struct First: Decodable {
            struct Start: Decodable { struct Fields: Decodable { var schema: String }; var _0: Fields }
            var start: Start
        }
        let schema = try? JSONDecoder().decode(First.self, from: Data(json)).start._0.schema
        guard let schema, schema.hasPrefix("tributary.recording/") else { throw alien(file) }
        guard schema == RecordedStart.schemaName else {
            throw CommandError(
                "recording-version", "the recording is of \(schema), this program reads \(RecordedStart.schemaName)",
                file: file, fix: "replay it with the version that made it", exit: .dataError)
        }
    }
}
