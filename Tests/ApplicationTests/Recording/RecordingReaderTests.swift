import Foundation
import PortfolioModel
import Testing

@testable import Application

/// The frames of a recording: whole, torn, damaged, of another kind.
struct RecordingReaderTests {
    private func bytes(_ steps: [RecordedStep]) throws -> [UInt8] {
        try lines(steps).flatMap { $0 }
    }

    private func lines(_ steps: [RecordedStep]) throws -> [[UInt8]] {
        var sum: [UInt8] = []
        return try steps.map { RecordingFile.line(try RecordedCoding.json($0), after: &sum) }
    }

    private static let instant = Timestamp(microseconds: 1_795_611_285_388_123)
    private static let steps: [RecordedStep] = [
        .start(RecordingFixture.start(at: instant)), .stored([], sequence: 7), .begin, .now(instant, by: "supervisor"),
        .tick,
    ]

    private func read(_ bytes: [UInt8]) throws(CommandError) -> (steps: [RecordedStep], isTorn: Bool) {
        var reader = try RecordingReader(bytes: bytes, file: "r")
        var steps: [RecordedStep] = []
        while let step = try reader.next() { steps.append(step) }
        return (steps, reader.isTorn)
    }

    private func error(_ bytes: [UInt8]) -> CommandError? {
        do {
            _ = try read(bytes)
            return nil
        } catch { return error }
    }

    @Test func instants_surviveToTheMicrosecond() throws {
        let (steps, isTorn) = try read(try bytes(Self.steps))
        #expect(steps.count == 4 && !isTorn)
        let startedAt = try RecordingReader(bytes: try bytes(Self.steps), file: "r").start.startedAt
        #expect(startedAt == Self.instant)
        guard case .now(let now, "supervisor") = steps[2] else { throw CommandError("test", "not a reading") }
        #expect(now == Self.instant)
    }

    @Test func tornEnd_isPassedOver_whereverItIsTorn() throws {
        let whole = try bytes(Self.steps)
        let last = try bytes([.tick]).count
        for lost in 1..<last {
            let (steps, isTorn) = try read(Array(whole.dropLast(lost)))
            #expect(steps.count == 3, "without \(lost) bytes")
            #expect(isTorn)
        }
    }

    @Test func damageInTheMiddle_isNamedByItsLine_whicheverByteItIs() throws {
        let first = try bytes([Self.steps[0]]).count
        let second = try bytes([Self.steps[1]]).count
        let whole = try bytes(Self.steps)
        for place in first..<(first + second - 1) {
            var damaged = whole
            damaged[place] ^= 0x01
            let error = error(damaged)
            #expect(error?.code == "recording-damaged" && error?.exitStatus == 65, "byte \(place)")
            #expect(error?.message.hasSuffix("at byte \(first)") == true, "byte \(place): \(error?.message ?? "-")")
        }
    }

    @Test func missingOrMovedLine_isDamage_whereverItWas() throws {
        let whole = try lines(Self.steps)
        for place in 1..<(whole.count - 1) {
            var short = whole
            short.remove(at: place)
            #expect(error(short.flatMap { $0 })?.code == "recording-damaged", "without line \(place)")
            var moved = whole
            moved.swapAt(place, place + 1)
            #expect(error(moved.flatMap { $0 })?.code == "recording-damaged", "line \(place) behind the next")
        }
        #expect(error(whole.flatMap { $0 } + Array("12345678 {}\n".utf8))?.code == "recording-damaged")
    }

    @Test func onlyARecordingWithItsEnd_isClosed() throws {
        func isClosed(_ steps: [RecordedStep]) throws -> Bool {
            var reader = try RecordingReader(bytes: try bytes(steps), file: "r")
            while try reader.next() != nil {}
            return reader.isClosed
        }
        #expect(try isClosed(Self.steps + [.end]))
        #expect(try !isClosed(Self.steps))
        #expect(try !isClosed(Self.steps + [.end, .tick]))
    }

    @Test func lineWithoutEnd_isRefused_beforeItFillsTheMemory() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tr-\(UUID()).rec").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: Data(try bytes(Self.steps))))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: 8 << 30)
        var reader = try RecordingReader(path: path)
        do {
            while try reader.next() != nil {}
            Issue.record("a line of eight gigabytes was read")
        } catch { #expect(error.code == "recording-damaged") }
    }

    @Test func folder_isNoRecording() {
        do {
            _ = try RecordingReader(path: FileManager.default.temporaryDirectory.path)
            Issue.record("a folder was read")
        } catch { #expect(error.code == "missing" && error.exitStatus == 66) }
    }

    @Test func otherFiles_areRefused() throws {
        for text in ["", "\n", "{}\n", "Account Number,Symbol\r\n1,2\r\n", "0000000 "] {
            #expect(error(Array(text.utf8))?.code == "not-a-recording", "\(text)")
        }
        #expect(error(try bytes([.tick, .tick]))?.code == "not-a-recording")
        var start = RecordingFixture.start(at: Self.instant)
        start.schema = "tributary.recording/1"
        let other = error(try bytes([.start(start), .tick]))
        #expect(other?.code == "recording-version" && other?.exitStatus == 65)
    }

    @Test func missingFile_isToldApart() throws {
        do {
            _ = try RecordingReader(path: "/tmp/tr-no-such-recording")
            Issue.record("a missing file was read")
        } catch { #expect(error.exitStatus == 66) }
    }
}

enum RecordingFixture {
    static func start(at now: Timestamp) -> RecordedStart {
        RecordedStart(
            version: "0.1.0", storeSchema: 1, startedAt: now, valuedAt: now, isSandbox: true, base: .usd,
            session: .always, accounts: [], fidelity: FidelitySettings(), limits: LimitSettings(),
            model: ModelSettings(), brokers: [], seed: 1)
    }
}
