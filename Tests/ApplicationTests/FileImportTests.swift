import Foundation
import Logging
import PortfolioModel
import PortfolioStore
import Supervision
import Testing

@testable import Application

/// A file's way into a book that is open in this process.
struct FileImportTests {
    private static let header =
        "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,"
        + "Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,"
        + "Percent Of Account,Cost Basis Total,Average Cost Basis,Type"

    /// One holding in one account, as of noon of a day in November 2025.
    private func sheet(day: Int, quantity: String, cash: String? = nil) -> [UInt8] {
        let row = "X98765432,Individual,SPY,SPY SHARES,\(quantity),$100.00,+$0.50,$1000.00,,,,,,$900.00,$90.00,Cash,"
        let core = cash.map { "X98765432,Individual,SPAXX**,HELD IN MONEY MARKET,,,,\($0),,,,,,,,Cash," }
        let lines = [Self.header, row, core ?? "", "\"Date downloaded 11/\(day)/2025 12:00 PM ET\""]
        return Array(lines.map { $0 + "\r\n" }.joined().utf8)
    }

    private func withCore(_ body: (ServiceCore) async throws -> Void) async throws {
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = try ConfigurationFixture.parse(
            "schema: 1\ndatabase: \(folder)/tributary.db\nbrokers:\n  fidelity: {enabled: true}\n")
        let core = try await ServiceCore.open(
            configuration, clock: SystemClock(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        do { try await body(core) } catch {
            await core.close()
            throw error
        }
        await core.close()
    }

    private func request(_ bytes: [UInt8], dryRun: Bool = false, force: Bool = false) -> ImportRequest {
        var request = ImportRequest(
            broker: "fidelity", fileName: "sheet.csv", bytes: Data(bytes).base64EncodedString())
        (request.dryRun, request.force) = (dryRun, force)
        return request
    }

    private func held(_ core: ServiceCore) async -> [FixedDecimal] {
        await core.supervisor.book.positions.values.map(\.quantity)
    }

    private func preview(_ request: ImportRequest, _ core: ServiceCore) async throws -> (ImportReportDocument, Int32) {
        let response = await LiveDesk(core: core).answer(ControlRequest(.importFile(request)))
        let text = try #require(response.result, "\(String(describing: response.error))")
        return (try DocumentDecoder().decode(ImportReportDocument.self, from: Data(text.utf8)), response.exitStatus)
    }

    @Test func cashThatAFileNoLongerStates_isTold() async throws {
        try await withCore { core in
            _ = try await FileImport(core: core).run(request(sheet(day: 19, quantity: "10", cash: "$1000.25")))
            let (same, _) = try await preview(
                request(sheet(day: 20, quantity: "10", cash: "$7.00"), dryRun: true), core)
            #expect(same.closingCash.isEmpty)
            let bytes = sheet(day: 20, quantity: "10")
            let (report, status) = try await preview(request(bytes, dryRun: true), core)
            let gone = MoneyDocument(ViewFixture.decimal("1000.25"), .usd)
            #expect(status == 0 && report.closingCash.map(\.cash) == [gone])
            let text = DocumentRenderer(terminal: Terminal.current(environment: [:], noColour: true), plain: false)
                .text(report, now: ViewFixture.now)
            #expect(text.contains("No longer listed") && text.contains("1000.25 USD"), "\(text)")
            let outcome = try await FileImport(core: core).run(request(bytes))
            #expect(outcome.applied && outcome.preview.closingCash.count == 1)
            #expect(await core.supervisor.book.balances.isEmpty)
        }
    }

    @Test func preview_saysThatTheImportWouldBeRefused_andEndsAsItWould() async throws {
        try await withCore { core in
            let newer = sheet(day: 20, quantity: "11")
            _ = try await FileImport(core: core).run(request(newer))
            let older = sheet(day: 19, quantity: "7")
            for (bytes, code) in [(older, "older-file"), (sheet(day: 21, quantity: "1.2.3"), "refused-rows")] {
                let (report, status) = try await preview(request(bytes, dryRun: true), core)
                let error = await #expect(throws: CommandError.self) {
                    try await FileImport(core: core).run(request(bytes))
                }
                #expect(status == 65 && status == error?.exitStatus)
                #expect(report.outcome == .previewed && report.rows.count == 4)
                #expect(report.refusal?.code == code && report.refusal?.message == error?.message)
                #expect(report.refusal?.fix == error?.fix)
                let text = DocumentRenderer(terminal: Terminal.current(environment: [:], noColour: true), plain: false)
                    .text(report, now: ViewFixture.now)
                #expect(text.contains("the import would be refused: "))
            }
            for good in [request(newer, dryRun: true), request(older, dryRun: true, force: true)] {
                let (report, status) = try await preview(good, core)
                #expect(status == 0 && report.refusal == nil)
            }
            #expect(await held(core) == [11])
        }
    }

    @Test func demosOwnFile_isLeftOut_whenANewerOneIsHeld() async throws {
        try await withCore { core in
            try await SandboxProfile.importSample("demo.csv", sheet(day: 18, quantity: "5"), into: core)
            #expect(await held(core) == [5])
            _ = try await FileImport(core: core).run(request(sheet(day: 20, quantity: "11")))
            try await SandboxProfile.importSample("demo.csv", sheet(day: 19, quantity: "6"), into: core)
            #expect(await held(core) == [11])
            try await SandboxProfile.importSample("demo.csv", sheet(day: 21, quantity: "8"), into: core)
            #expect(await held(core) == [8])
        }
    }

    @Test func sandboxProfile_isOneRunsAtATime() throws {
        try ConfigurationFixture.withFolder { folder in
            let first = try SandboxProfile.lock("\(folder)/sandbox")
            let error = #expect(throws: CommandError.self) { try SandboxProfile.lock("\(folder)/sandbox") }
            #expect(error?.exitStatus == 75 && error?.fix?.isEmpty == false)
            first.release()
            try SandboxProfile.lock("\(folder)/sandbox").release()
        }
    }
}
