import Foundation
import PortfolioModel
import Testing

@testable import Application

/// The frames of a recording: whole, torn, damaged, of another kind.
struct RecordingReaderTests {
    private func bytes(_ steps: [RecordedStep]) throws -> [UInt8] {
        try steps.flatMap { RecordingFile.line(try RecordedCoding.json($0)) }
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

    @Test func otherFiles_areRefused() throws {
        for text in ["", "\n", "{}\n", "Account Number,Symbol\r\n1,2\r\n", "0000000 "] {
            #expect(error(Array(text.utf8))?.code == "not-a-recording", "\(text)")
        }
        #expect(error(try bytes([.tick, .tick]))?.code == "not-a-recording")
        var start = RecordingFixture.start(at: Self.instant)
        start.schema = "tributary.recording/2"
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
