import BrokerKit
import Fidelity
import PortfolioModel
import Testing

/// Damaged files end in a document that accounts for every line, or in an `ImportError`; never in a trap.
struct MalformedFileTests {
    private static let files = ["P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7"]

    @Test(arguments: files)
    func read_survivesEveryCut(file: String) throws {
        let bytes = try fixture("\(file).csv")
        for end in stride(from: 0, to: bytes.count, by: 7) { check(Array(bytes[..<end])) }
    }

    @Test(arguments: files, 0..<6)
    func read_survivesMutations(file: String, seed: Int) throws {
        let original = try fixture("\(file).csv")
        var random = SeededGenerator(seed: UInt64(seed))
        let likely = Array("\",\r\n-$().%*/e9 0AX\u{FEFF}".utf8) + [0x00, 0x80, 0xFF]
        for _ in 0..<40 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = likely.randomElement(using: &random) ?? 0
                case 1: bytes.insert(likely.randomElement(using: &random) ?? 0, at: place)
                case 2: bytes.remove(at: place)
                default: bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
            }
            check(bytes)
        }
    }

    @Test func read_refusesAFileBeyondItsLimits() {
        let row = "X1,ABCD,1,$5\n"
        let text = "Account Number,Symbol,Quantity,Current Value\n" + String(repeating: row, count: 200_001)
        let error = #expect(throws: ImportError.self) { try read(Array(text.utf8)) }
        #expect(error?.code == "too-many-records")
        #expect(error?.line == 200_001)
    }

    /// A quote too many takes further rows, and perhaps the footer, into one cell: nothing of the file may then count.
    @Test(arguments: [
        "X1,I,AAPL,\"APPLE,10,$2,,$20,,,Cash", "X1,I,AAPL,APPLE,10,$2,,$20,,,\"Cash",
        "\"X1,I,AAPL,APPLE,10,$2,,$20,,,Cash", "X1,\"I,AAPL,APPLE,10,$2,,$20,,,Cash",
        "X1,I,\"AAPL,APPLE,10,$2,,$20,,,Cash",
    ])
    func read_refusesARow_thatAStrayQuoteRunsOver(row: String) throws {
        let other = "X1,I,SPY,SPDR,1,$5,,$5,,,Cash"
        for rows in [[other, row, other, other], [other, row], [row, other], [row]] {
            let text = rows.map { $0 + "\n" }.joined()
            let header = "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,"
            let stamp = "Date downloaded 08/03/2026 2:26 PM ET"
            for footer in ["\"\(stamp)\"\n", "\(stamp)\n", ""] {
                let file = header + "Current Value,Cost Basis Total,Average Cost Basis,Type\n" + text + footer
                guard let document = try? read(Array(file.utf8), asOf: CalendarDate("2026-08-03")) else { continue }
                #expect(document.snapshots.isEmpty, "\(file)")
                #expect(!document.refusals.isEmpty && document.coversEveryLine, "\(file)")
            }
        }
    }

    @Test func read_takesAFooter_thatRunsOverLines() throws {
        let footer =
            "\"The data and information in this spreadsheet is provided to you solely for your use,\nand is not for "
            + "distribution, nor an offer of any kind.\nBrokerage services are provided by others.\""
        let document = try sheet("X1,I,SPY,SPDR,1,$5,,$5,,,Cash", "", footer)
        #expect(document.refusals.isEmpty && document.snapshots.count == 1)
    }

    private func check(_ bytes: [UInt8]) {
        do {
            let document = try read(bytes, asOf: CalendarDate("2026-07-31"))
            #expect(document.coversEveryLine)
        } catch {
            #expect(!error.code.isEmpty && !error.fix.isEmpty)
        }
    }
}
