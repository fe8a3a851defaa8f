import Foundation
import PortfolioModel
import Testing

@testable import PortfolioStore

/// A writer is killed again and again; what it acknowledged must be there afterwards. The writer is this test program
/// itself, started on the one test below that writes.
@Suite(.serialized)
struct StoreCrashTests {
    private static let pathKey = "TRIBUTARY_CRASH_STORE"
    /// Kills in all; scripts/faults asks for many.
    private static let rounds = Int(ProcessInfo.processInfo.environment["TRIBUTARY_CRASH_ROUNDS"] ?? "") ?? 6

    @Test(.enabled(if: ProcessInfo.processInfo.environment[pathKey] != nil))
    func writer_acknowledgesUntilItIsKilled() throws {
        let path = try #require(ProcessInfo.processInfo.environment[Self.pathKey])
        let store = try PortfolioStore.open(
            path, stamp: .sandbox, backups: path + "-backups", schema: .current, clock: StillClock())
        var sequence = try store.loadBook(base: .usd).sequence
        if sequence == 0 {
            try store.commit([SampleBook.update(1, try SampleBook.changes())])
            sequence = 1
        }
        for _ in 0..<20_000 {
            sequence += 1
            // Two accounts move against one another, so that half a commit would show.
            let amount = FixedDecimal(Int(sequence))
            let there = Balance(key: .init(SampleBook.tasty, .inr), cash: amount, asOf: SampleBook.now)
            let back = Balance(key: .init(SampleBook.fidelity, .inr), cash: -amount, asOf: SampleBook.now)
            let row = try SampleBook.transaction("t\(sequence)")
            try store.commit([SampleBook.update(sequence, [.balance(there), .transaction(row), .balance(back)])])
            FileHandle.standardOutput.write(Data("ack \(sequence)\n".utf8))
        }
    }

    @Test func acknowledgedUpdates_surviveBeingKilled() throws {
        var fixture = try StoreFixture()
        var (last, total): (UInt64, UInt64) = (0, 0)
        for round in 1...Self.rounds {
            let acknowledged = try killAfter(acknowledgements: round % 20 * 3 + 1, of: fixture)
            #expect(acknowledged > last)
            let store = try fixture.open()
            let book = try store.loadBook(base: .usd)
            #expect(book.sequence >= acknowledged)
            var sum: [FixedDecimal] = []
            for case .balance(let balance) in book.changes where balance.key.currency == .inr {
                sum.append(balance.cash)
            }
            #expect(sum.count == 2)
            #expect(try FixedDecimal.sum(sum).isZero)
            #expect(sum.contains(FixedDecimal(Int(book.sequence))))
            #expect(try store.transactions(limit: 1_000_000).count == Int(book.sequence) - 1)
            #expect(try store.verify().isEmpty)
            try store.checkpointAndClose()
            (total, last) = (total + book.sequence - last, book.sequence)
            // A new store now and then: what is checked would grow with all the rounds before.
            if round.isMultiple(of: 50) { (fixture, last) = (try StoreFixture(), 0) }
        }
        print("store: \(Self.rounds) kills, \(total) updates acknowledged or written, 0 lost")
    }

    /// Starts the writer, kills it once it has acknowledged so often, and returns the last number it acknowledged.
    private func killAfter(acknowledgements: Int, of fixture: StoreFixture) throws -> UInt64 {
        let writer = Process()
        let output = Pipe()
        writer.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        writer.arguments = ["--testing-library", "swift-testing", "--filter", "writer_acknowledgesUntilItIsKilled"]
        writer.environment = ProcessInfo.processInfo.environment.merging([Self.pathKey: fixture.path]) { $1 }
        writer.standardOutput = output
        writer.standardError = FileHandle.nullDevice
        try writer.run()
        var text = ""
        var isKilled = false
        while true {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            text += String(decoding: data, as: UTF8.self)
            if !isKilled, text.split(separator: "\n").count(where: { $0.hasPrefix("ack ") }) >= acknowledgements {
                kill(writer.processIdentifier, SIGKILL)
                isKilled = true
            }
        }
        writer.waitUntilExit()
        #expect(isKilled, "the writer ended by itself: \(text.suffix(500))")
        // The last line may be half a line.
        let whole = text.hasSuffix("\n") ? text[...] : text[..<(text.lastIndex(of: "\n") ?? text.startIndex)]
        return whole.split(separator: "\n").compactMap { $0.hasPrefix("ack ") ? UInt64($0.dropFirst(4)) : nil }.last
            ?? 0
    }
}
