import BrokerKit
import Testing

@testable import Transport

struct MessageAssemblerTests {
    private func append(
        _ assembler: inout MessageAssembler, _ text: String, first: Bool = false, last: Bool = false,
        binary: Bool = false, remaining: Int = 0
    ) -> MessageAssembler.Outcome {
        let piece = MessageAssembler.Piece(isFirst: first, isLast: last, isBinary: binary, remaining: remaining)
        return Array(text.utf8).withUnsafeBytes { assembler.append($0, piece) }
    }

    @Test func append_completes_withTheLastPiece() {
        var assembler = MessageAssembler(maximumBytes: 100)
        #expect(append(&assembler, "ab", first: true) == .incomplete)
        #expect(append(&assembler, "cd") == .incomplete)
        #expect(append(&assembler, "ef", last: true) == .complete(.text(Array("abcdef".utf8))))
        #expect(append(&assembler, "", first: true, last: true, binary: true) == .complete(.binary([])))
    }

    @Test(arguments: [(10, true), (11, false)])
    func append_holdsTheCap_overAllPieces(total: Int, isAllowed: Bool) {
        var assembler = MessageAssembler(maximumBytes: 10)
        #expect(append(&assembler, "12345", first: true) == .incomplete)
        let outcome = append(&assembler, String(repeating: "x", count: total - 5), last: true)
        if case .complete = outcome { #expect(isAllowed) } else { #expect(!isAllowed) }
    }

    @Test(arguments: [100, Int.max])
    func append_refuses_whatIsOnlyAnnounced(remaining: Int) {
        var assembler = MessageAssembler(maximumBytes: 10)
        guard case .refused(let error) = append(&assembler, "1", first: true, remaining: remaining) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.code == .messageTooBig)
    }

    @Test func append_allowsACharacterSplitOverPieces_andRefusesABrokenOne() {
        let euro = Array("€".utf8)
        for (tail, isValid) in [(euro[1...], true), (euro[1..<2], false)] {
            var assembler = MessageAssembler(maximumBytes: 10)
            let start = MessageAssembler.Piece(isFirst: true, isLast: false, isBinary: false, remaining: 0)
            let end = MessageAssembler.Piece(isFirst: false, isLast: true, isBinary: false, remaining: 0)
            #expect(euro[..<1].withUnsafeBytes { assembler.append($0, start) } == .incomplete)
            let outcome = tail.withUnsafeBytes { assembler.append($0, end) }
            if isValid {
                #expect(outcome == .complete(.text(euro)))
            } else if case .refused(let error) = outcome {
                #expect(error.code == .protocolViolation)
            } else {
                Issue.record("broken text was taken")
            }
        }
    }
}
