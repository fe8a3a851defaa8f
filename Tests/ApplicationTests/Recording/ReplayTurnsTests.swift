import Foundation
import PortfolioModel
import Testing

@testable import Application

/// How a recording falls into turns, and what is said of a replay that had nothing to compare.
struct ReplayTurnsTests {
    private static let instant = Timestamp(microseconds: 1_795_611_285_388_123)
    private static let start = RecordingFixture.start(at: instant)
    private static let opening: [RecordedStep] = [.start(start), .stored([], sequence: 7)]
    private static let run: [RecordedStep] = [
        .begin, .now(instant, by: "supervisor"), .now(instant, by: "tastytrade"), .noted([]), .tick,
        .now(instant, by: "supervisor"),
    ]

    private static func bytes(_ steps: [RecordedStep]) throws -> [UInt8] {
        var sum: [UInt8] = []
        return try steps.flatMap { RecordingFile.line(try RecordedCoding.json($0), after: &sum) }
    }

    private func turns(_ steps: [RecordedStep]) throws -> [[RecordedStep]] {
        var turns = ReplayTurns(try RecordingReader(bytes: try Self.bytes(steps), file: "r"))
        var all: [[RecordedStep]] = []
        while let turn = try turns.next() { all.append(turn) }
        return all
    }

    @Test func lastTurn_isLeftOut_whenTheRecordingHasNoEnd() throws {
        let cut = try turns(Self.opening + Self.run)
        #expect(cut.map(\.count) == [1, 4])
        #expect(cut.map(\.readings.count) == [0, 1])
        let whole = try turns(Self.opening + Self.run + [.end])
        #expect(whole.map(\.count) == [1, 4, 3])
        #expect(try turns(Self.opening).map(\.count) == [1])
    }

    @Test func replay_saysThatNothingWasCompared_whenThereIsNoCheckpoint() async throws {
        // One for the brokers' states, one for the index of betas, one for the update.
        let reading = RecordedStep.now(Self.instant, by: "supervisor")
        let steps = Self.opening + [.begin, reading, reading, reading, .end]
        var replay = try Replay(try RecordingReader(bytes: try Self.bytes(steps), file: "r"), until: nil)
        try await replay.run()
        let outcome = replay.outcome
        #expect(outcome.verdict == .nothingCompared)
        let document = ReplayDocument(outcome, Self.start)
        #expect(document.text.contains("NOTHING COMPARED") && !document.text.contains("\nequal"))
        #expect(try DocumentEncoder().text(document).contains(#""verdict":"nothing-compared""#))
    }

    @Test func lines_areReadByTheChunk_whereverALineLies() throws {
        let lengths = [10, 1_048_000, 700_000, 3, 1_400_000, 1]
        let steps = Self.opening + lengths.map { .noted([String(repeating: "x", count: $0)]) }
        let path = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        defer { unlink(path) }
        try Data(try Self.bytes(steps)).write(to: URL(fileURLWithPath: path))
        var reader = try RecordingReader(path: path)
        _ = try reader.next()
        var found: [Int] = []
        while case .noted(let lines)? = try reader.next() { found.append(lines[0].count) }
        #expect(found == lengths)
        let isTorn = reader.isTorn
        #expect(!isTorn)
    }
}
