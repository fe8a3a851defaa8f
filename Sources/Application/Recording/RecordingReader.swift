import Foundation

/// Reads a recording. A torn last line is passed over: the crash that tore it is what the recording is about.
struct RecordingReader {
    let steps: [RecordedStep]
    let start: RecordedStart
    /// The last line was not whole.
    let isTorn: Bool

    /// Throws `missing` (66), `not-a-recording`, `recording-version` or `recording-damaged` (65).
    init(path: String) throws(CommandError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("missing", "there is no such file, or it cannot be read", file: path, exit: .noInput)
        }
        try self.init(bytes: Array(data), file: path)
    }

    init(bytes: [UInt8], file: String) throws(CommandError) {
        var steps: [RecordedStep] = []
        var isTorn = false
        var place = 0
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: 0x0A)
            let line = bytes[place..<(end ?? bytes.count)]
            guard end != nil, let json = Self.whole(line) else {
                if steps.isEmpty {
                    throw CommandError("not-a-recording", "this is not a recording", file: file, exit: .dataError)
                }
                guard end.map({ $0 == bytes.count - 1 }) ?? true else { throw Self.damaged(file, place) }
                isTorn = true
                break
            }
            if steps.isEmpty { try Self.checkVersion(json, file) }
            do { steps.append(try RecordedCoding.step(json)) } catch { throw Self.damaged(file, place) }
            place += line.count + 1
        }
        guard case .start(let start)? = steps.first else {
            throw CommandError("not-a-recording", "this is not a recording", file: file, exit: .dataError)
        }
        (self.steps, self.start, self.isTorn) = (steps, start, isTorn)
    }

    private static func whole(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let json = line.dropFirst(9)
        guard line.count > 9, line[line.startIndex + 8] == 0x20, line.prefix(8).elementsEqual(RecordingFile.sum(json))
        else { return nil }
        return json
    }

    private static func damaged(_ file: String, _ place: Int) -> CommandError {
        CommandError(
            "recording-damaged", "the recording is damaged at byte \(place)", file: file,
            fix: "send it again, in binary mode", exit: .dataError)
    }

    /// Before the rest is decoded: another version may have other steps.
    private static func checkVersion(_ json: ArraySlice<UInt8>, _ file: String) throws(CommandError) {
        struct First: Decodable {
            struct Start: Decodable { struct Fields: Decodable { var schema: String }; var _0: Fields }
            var start: Start
        }
        let schema = try? JSONDecoder().decode(First.self, from: Data(json)).start._0.schema
        guard let schema, schema.hasPrefix("tributary.recording/") else {
            throw CommandError("not-a-recording", "this is not a recording", file: file, exit: .dataError)
        }
        guard schema == RecordedStart.schemaName else {
            throw CommandError(
                "recording-version", "the recording is of \(schema), this program reads \(RecordedStart.schemaName)",
                file: file, fix: "replay it with the version that made it", exit: .dataError)
        }
    }
}
