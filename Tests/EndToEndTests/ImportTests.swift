import Foundation
import PortfolioModel
import Testing

/// Files into the book, with a service and without one.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct ImportTests {
    private static let importing = ["import", "fidelity"]

    private func quantities(_ demo: Demo) async throws -> [String: String] {
        let rows = try await demo.document("positions")["positions"].items
        return Dictionary(
            rows.map {
                (
                    "\($0["account"]["number"].text ?? "?") \($0["instrument"]["symbol"].text ?? "?")",
                    $0["quantity"].text ?? "?"
                )
            }
        ) { "\($0) and \($1)" }
    }

    private func error(_ output: Program.Output) throws -> JSON { try JSON(parsing: Data(output.err.utf8))["error"] }

    @Test func file_isPreviewedImportedAndKnownAgain_withoutAService() async throws {
        try await withDemo { demo in
            let sheet = Sheet()
            let path = try sheet.write("Portfolio_Positions.csv", in: demo.program)
            let preview = try await demo.command(Self.importing + [path, "--dry-run", "--json", "--quiet"])
            #expect(preview.status == 0, "\(preview.err)")
            let report = try JSON(parsing: preview.out)
            let lines = sheet.text.split(separator: "\r\n", omittingEmptySubsequences: false).count - 1
            #expect(report["lines"].double == Double(lines))
            let spans = report["rows"].items.map { $0["lines"].items.compactMap(\.double) }
            #expect(spans.allSatisfy { $0.count == 2 && $0[0] <= $0[1] })
            #expect(spans.reduce(0) { $0 + $1[1] - $1[0] + 1 } == Double(lines), "every line is in one span")
            let counts = report["counts"]
            let names = ["new", "changed", "unchanged", "duplicate", "refused", "ignored"]
            #expect(names.reduce(0) { $0 + (counts[$1].double ?? .nan) } == Double(report["rows"].items.count))
            #expect(counts["new"].double == 4)
            #expect(try await quantities(demo).isEmpty, "a preview books nothing")

            let first = try await demo.command(Self.importing + [path, "--json", "--quiet"])
            #expect(first.status == 0, "\(first.err)")
            let held = try await quantities(demo)
            #expect(held == ["X98765432 SPY": "10", "X98765432 AAPL": "20", "Z12345678 QQQ": "5"])

            let again = try await demo.command(Self.importing + [path, "--json", "--quiet"])
            #expect(again.status == 0)
            #expect(try JSON(parsing: again.out)["outcome"].text == "alreadyImported")
            #expect(try JSON(parsing: again.out)["counts"]["unchanged"].double == 4)
            #expect(try await quantities(demo) == held)
            #expect(!first.text.contains("X98765432"), "numbers are masked")
        }
    }

    @Test func olderFile_isRefusedUnlessForced() async throws {
        try await withDemo { demo in
            let newer = try Sheet(shares: 11, daysAgo: 2).write("newer.csv", in: demo.program)
            let older = try Sheet(shares: 7, daysAgo: 3).write("older.csv", in: demo.program)
            #expect(try await demo.command(Self.importing + [newer, "--quiet"]).status == 0)
            let refused = try await demo.command(Self.importing + [older, "--json", "--quiet"])
            #expect(refused.status == 65)
            #expect(try error(refused)["code"].text == "older-file")
            #expect(try error(refused)["file"].text == older)
            #expect(try await quantities(demo)["X98765432 SPY"] == "11")
            #expect(try await demo.command(Self.importing + [older, "--force", "--quiet"]).status == 0)
            #expect(try await quantities(demo)["X98765432 SPY"] == "7")
        }
    }

    @Test func file_isRefusedWhole_whenOneRowIsNotUnderstood() async throws {
        try await withDemo { demo in
            var sheet = Sheet(daysAgo: 2)
            #expect(
                try await demo.command(Self.importing + [try sheet.write("good.csv", in: demo.program), "--quiet"])
                    .status == 0)
            let before = try await quantities(demo)
            sheet = Sheet(shares: 99, funds: 6, daysAgo: 1)
            sheet.rows.insert("X98765432,Individual,IWM,IWM SHARES,1.2.3,$1.00,,$1.00,,,,,,$1.00,$1.00,Cash,", at: 2)
            let path = try sheet.write("bad.csv", in: demo.program)
            let refused = try await demo.command(Self.importing + [path, "--json", "--quiet"])
            #expect(refused.status == 65)
            #expect(try error(refused)["file"].text == path)
            #expect(try error(refused)["line"].double == 4)
            let plain = try await demo.command(Self.importing + [path])
            #expect(plain.status == 65)
            #expect(plain.err.contains("\(path):4:"))
            #expect(try await quantities(demo) == before, "nothing was written")
            // An account with a refused row would lose that holding: it stays as it was, the other is taken.
            let skipping = try await demo.command(Self.importing + [path, "--skip-refused", "--json", "--quiet"])
            #expect(skipping.status == 0)
            #expect(try JSON(parsing: skipping.out)["warnings"].items.contains { $0["line"].double == 4 })
            let after = try await quantities(demo)
            #expect(after["X98765432 SPY"] == "10")
            #expect(after["Z12345678 QQQ"] == "6")
            sheet.rows.removeLast()
            let hopeless = try sheet.write("hopeless.csv", in: demo.program)
            let nothing = try await demo.command(Self.importing + [hopeless, "--skip-refused", "--json", "--quiet"])
            #expect(nothing.status == 65, "a file of which nothing is left is refused")
            let missing = try await demo.command(Self.importing + ["/nowhere/at-all.csv", "--json"])
            #expect(missing.status == 65)
        }
    }

    @Test func import_goesThroughTheService_whileOneRuns() async throws {
        try await withService(tastytrade: Demo.quick) { demo, service in
            let path = try Sheet().write("sheet.csv", in: demo.program)
            let output = try await demo.command(Self.importing + [path, "--json", "--quiet"])
            #expect(output.status == 0, "\(output.err)")
            // The service prices at once what came by file.
            let spy = try await eventually("a live mark of a file position", within: 8) {
                try await demo.document("positions")["positions"].items.first {
                    $0["account"]["number"].text == "X98765432" && $0["instrument"]["symbol"].text == "SPY"
                        && $0["mark"]["source"].text == "tastytrade"
                }
            }
            #expect(spy["quantity"].text == "10")
            #expect(try await demo.state(of: "fidelity") == "live")
            let refused = try await demo.command(
                Self.importing + [
                    try Sheet(shares: 3, daysAgo: 30).write("old.csv", in: demo.program), "--json", "--quiet",
                ])
            #expect(refused.status == 65)

            let second = try demo.startService(["--for", "2"])
            let end = await second.finish()
            #expect(end.status == 75, "\(end.err)")
            #expect(end.err.contains("lock") || end.err.contains("another"), "\(end.err)")
            #expect(service.isRunning)
            #expect(try await demo.state(of: "fidelity") == "live", "the socket is still the first one's")
        }
    }

    @Test func productionConfiguration_isRefused_onASandboxDatabase() async throws {
        try await withDemo { demo in
            let path = try Sheet().write("sheet.csv", in: demo.program)
            #expect(try await demo.command(Self.importing + [path, "--quiet"]).status == 0)
            let text = """
                schema: 1
                database: \(demo.program.home.path)/book/tributary.db
                brokers:
                  fidelity:
                    enabled: true
                """
            let production = demo.program.home.appendingPathComponent("production.yaml")
            try Data(text.utf8).write(to: production)
            let commands = [["import", "fidelity", path], ["sync"], ["run", "--headless", "--for", "1"]]
            for command in commands {
                let output = try await demo.program.run(command + ["--json", "--config", production.path])
                #expect(output.status == 78, "\(command): \(output.err)")
                #expect(output.err.contains("sandbox"), "\(command): \(output.err)")
            }
        }
    }
}
