import Foundation
import PortfolioModel
import Testing

/// The whole product from nothing: simulators, service, files, and what is left afterwards.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct HeadlessRunTests {
    private static let documents = ["status", "positions", "accounts", "balances"]

    private func withProgram(_ body: (Program) async throws -> Void) async throws {
        let program = try Program()
        defer { program.remove() }
        try await body(program)
    }

    /// One run of the sandbox profile; its documents by name.
    private func run(_ program: Program, _ extra: [String] = []) async throws -> [String: JSON] {
        let folder = program.home.appendingPathComponent("out-\(UInt16.random(in: 0...UInt16.max))")
        let output = try await program.run(
            ["run", "--sandbox", "--headless", "--for", "8", "--out", folder.path] + extra)
        try #require(output.status == 0, "\(output.err)")
        var documents: [String: JSON] = [:]
        for name in Self.documents {
            let data = try Data(contentsOf: folder.appendingPathComponent("\(name).json"))
            documents[name] = try JSON(parsing: data)
        }
        #expect(try JSON(parsing: output.out) == documents["status"], "stdout is the status document, whole and alone")
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)).count == Self.documents.count)
        return documents
    }

    private func check(_ documents: [String: JSON]) throws {
        let status = try #require(documents["status"])
        let check = BookCheck(
            status: status, positions: documents["positions"]?["positions"].items ?? [],
            accounts: documents["accounts"]?["accounts"].items ?? [],
            balances: documents["balances"]?["balances"].items ?? [])
        for name in Self.documents {
            #expect(documents[name]?["schema"].text == "tributary.\(name)/1")
            #expect(documents[name]?["sequence"] == status["sequence"], "\(name) is of the same sequence")
        }
        #expect(status["brokers"].items.allSatisfy { $0["state"].text == "live" }, "\(status["brokers"])")
        #expect(Set(check.accounts.compactMap { $0["broker"].text }) == ["fidelity", "tastytrade"])
        #expect(check.accounts.count { $0["broker"].text == "fidelity" } == 2)
        #expect(status["book"]["confirmed"].double == Double(check.positions.count))
        let options = check.positions.filter(isOption)
        #expect(options.contains { $0["account"]["broker"].text == "fidelity" })
        for option in options {
            #expect(option["unitGreeks"]["state"].text == "confirmed", "\(BookCheck.name(option))")
            #expect(option["unitGreeks"]["source"].text == "tastytrade", "\(BookCheck.name(option))")
            try check.checkGreeks(option)
        }
        for position in check.positions where position["instrument"]["kind"].text != "bond" {
            try check.checkMoney(position)
        }
        try check.checkTotals()
        try check.checkAccounts()
        try check.checkGroups()
    }

    private func holdings(_ documents: [String: JSON]) -> [String: String] {
        let rows = documents["positions"]?["positions"].items ?? []
        return Dictionary(rows.map { (BookCheck.name($0), $0["quantity"].text ?? "?") }) { "\($0) and \($1)" }
    }

    /// The second one is refused before its simulators' URLs replace those of the first.
    @Test func secondRun_leavesTheFirstOnesConfigurationAlone() async throws {
        try await withProgram { program in
            try await withRunning(try program.start(["run", "--sandbox", "--headless"])) { first in
                let file = program.home.appendingPathComponent("state/tributary/sandbox/config.yaml")
                let text = try await eventually("a service of the demo") {
                    try await program.run(["status", "--sandbox", "--quiet"]).status == 69
                        ? nil : try? Data(contentsOf: file)
                }
                for extra in [[], ["--freeze", "S11"]] {
                    let second = try await program.run(["run", "--sandbox", "--headless", "--for", "1"] + extra)
                    #expect(second.status == 75, "\(second.err)")
                }
                #expect(try Data(contentsOf: file) == text)
                #expect(first.isRunning)
            }
        }
    }

    @Test func headlessRun_writesOneWholeBook_andAgainWithoutDoubling() async throws {
        try await withProgram { program in
            let first = try await run(program)
            try check(first)

            let left = try await program.run(["positions", "--sandbox", "--json"])
            #expect(left.status == 0)
            #expect(left.err.contains("no service"))
            let rows = try JSON(parsing: left.out)["positions"].items
            #expect(rows.count == holdings(first).count)
            #expect(
                rows.filter { $0["account"]["broker"].text == "tastytrade" }
                    .allSatisfy { $0["state"].text == "stale" },
                "nothing of an API broker is confirmed without a service")
            #expect(try await program.run(["status", "--sandbox", "--json"]).status == 69)

            let second = try await run(program)
            try check(second)
            #expect(holdings(second) == holdings(first))
            let ids = { (documents: [String: JSON]) in
                (documents["accounts"]?["accounts"].items ?? []).map { "\($0["id"]) \($0["number"])" }
            }
            #expect(ids(second) == ids(first))
            let sequences = [first, second].compactMap { $0["status"]?["sequence"].double }
            #expect(sequences.count == 2 && sequences[0] < sequences[1], "the sequence goes on")
        }
    }
}
