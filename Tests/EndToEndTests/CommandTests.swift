import Foundation
import PortfolioModel
import Testing

/// What the command line promises: exit codes, error documents, modes of files, and silence about secrets.
@Suite(.serialized, .timeLimit(.minutes(2)))
struct CommandTests {
    private func withProgram(_ body: (Program) async throws -> Void) async throws {
        let program = try Program()
        defer { program.remove() }
        try await body(program)
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue, "\(path)")
    }

    @Test(arguments: [
        ["frobnicate"], ["status", "--nope"], ["import", "fidelity"], ["run", "--for", "0"], ["run", "--for", "x"],
        ["sandbox", "--brokers", "nobody"], ["transactions", "--limit", "0"],
    ])
    func arguments_areRefusedWith64_whenTheyAreWrong(arguments: [String]) async throws {
        try await withProgram { program in
            let output = try await program.run(arguments)
            #expect(output.status == 64)
            #expect(output.out.isEmpty)
            #expect(!output.err.isEmpty)
        }
    }

    @Test func version_andCompletions_needNothing() async throws {
        try await withProgram { program in
            let version = try await program.run(["version", "--json"])
            #expect(version.status == 0)
            #expect(try JSON(parsing: version.out)["version"].text?.isEmpty == false)
            #expect(try await program.run(["--version"]).status == 0)
            for shell in ["bash", "zsh", "fish"] {
                let script = try await program.run(["--generate-completion-script", shell])
                #expect(script.status == 0)
                #expect(script.text.contains("tributary") && script.text.contains("positions"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path).isEmpty)
        }
    }

    @Test func configuration_isReportedWhole_whenSeveralThingsAreWrong() async throws {
        try await withProgram { program in
            let file = program.home.appendingPathComponent("config.yaml")
            let text = "schema: 1\nbase: dollars!\nsesion: always\nbrokers:\n  tastytrade:\n    enabled: maybe\n"
            try Data(text.utf8).write(to: file)
            for command in [["config", "check"], ["status"], ["run", "--headless", "--for", "1"]] {
                let output = try await program.run(command + ["--json", "--config", file.path])
                #expect(output.status == 78, "\(command)")
                #expect(output.out.isEmpty)
                let document = try JSON(parsing: Data(output.err.utf8))
                for key in ["code", "message", "file", "line", "field", "fix"] {
                    guard case .object(let fields) = document["error"] else { throw EndToEndError(output.err) }
                    #expect(fields[key] != nil, "\(key)")
                }
                #expect(document["error"]["file"].text == file.path)
                #expect(Set(document["errors"].items.compactMap { $0["line"].double }).isSuperset(of: [2, 3, 6]))
            }
            let plain = try await program.run(["config", "check", "--config", file.path])
            #expect(plain.err.contains("\(file.path):3:"))
            #expect(plain.err.contains("session"), "a suggestion")
            print("row 59: 3 faults told at once by 3 commands with exit 78")
        }
    }

    @Test func commands_saySo_whenNothingIsConfigured() async throws {
        try await withProgram { program in
            let status = try await program.run(["status", "--json"])
            #expect(status.status == 69)
            #expect(try JSON(parsing: Data(status.err.utf8))["error"]["code"].text == "store-missing")
            let file = program.home.appendingPathComponent("config/tributary/config.yaml").path
            let sheet = try Sheet().write("sheet.csv", in: program)
            let refused = try await program.run(["import", "fidelity", sheet, "--json"])
            #expect(refused.status == 78)
            let error = try JSON(parsing: Data(refused.err.utf8))["error"]
            #expect(error["code"].text == "broker-not-enabled" && error["file"].text == file)
            #expect(error["fix"].text?.contains("brokers: {fidelity: {enabled: true}}") == true)
            let data = program.home.appendingPathComponent("data").path
            #expect(!FileManager.default.fileExists(atPath: data), "no database was made")
            let run = try await program.run(["run", "--headless", "--for", "1"])
            #expect(run.status == 0, "\(run.err)")
            #expect(run.err.contains("no configuration at \(file)") && run.err.contains("tributary run --sandbox"))
            #expect(try JSON(parsing: run.out)["schema"].text == "tributary.status/1")
        }
    }

    @Test func readCommands_answerWithoutAService_andSaySo() async throws {
        try await withDemo { demo in
            #expect(try await demo.command(["sync", "--quiet"]).status == 0)
            for name in ["positions", "greeks", "accounts", "balances", "transactions", "instruments", "brokers"] {
                let json = try await demo.command([name, "--json"])
                #expect(json.status == 0, "\(name): \(json.err)")
                #expect(json.err.contains("no service"))
                #expect(try JSON(parsing: json.out)["schema"].text == "tributary.\(name)/1")
                let table = try await demo.command([name])
                #expect(table.status == 0)
                #expect(!table.text.isEmpty && !table.text.contains("\u{1B}"), "\(name): no escape codes in a pipe")
            }
            #expect(try await demo.command(["status"]).status == 69)
            let check = try await demo.command(["config", "check"])
            #expect(check.status == 0)
            let doctor = try await demo.command(["doctor", "--json"])
            #expect(doctor.status == 2, "no service runs")
            let checks = try JSON(parsing: doctor.out)["checks"].items
            #expect(checks.contains { $0["name"].text == "database" && $0["result"].text == "pass" })
            #expect(!checks.contains { $0["result"].text == "fail" })
            #expect(try mode("\(demo.program.home.path)/book/tributary.db") == 0o600)
            #expect(try mode("\(demo.program.home.path)/book") == 0o700)
        }
    }

    @Test func service_keepsSecretsAndNumbersToItself_evenInItsDebugLog() async throws {
        try await withService(extra: "log:\n  level: trace", tastytrade: Demo.quick) { demo, service in
            let path = try Sheet().write("sheet.csv", in: demo.program)
            var said = try await demo.command(["import", "fidelity", path]).text
            // A failing venue and a failing file talk the most.
            try await demo.venue.perform("htmlBody", ["count": 2])
            try await demo.venue.perform("dropSockets")
            said += try await demo.command(["sync", "--json"]).text
            let refused = try await demo.command(["import", "fidelity", demo.configuration.path, "--json"])
            #expect(refused.status == 65)
            said += refused.err + refused.text
            for name in [
                "status", "positions", "greeks", "accounts", "balances", "transactions", "instruments", "brokers",
            ] {
                said += try await demo.command([name, "--json"]).text + demo.command([name]).text
            }
            for arguments in [["config", "show", "--effective"], ["config", "show", "--json"], ["doctor"]] {
                let output = try await demo.command(arguments)
                said += output.text + output.err
            }
            let folder = "\(demo.program.home.path)/state/tributary/run"
            #expect(try mode(folder) == 0o700)
            #expect(try mode("\(folder)/tributary.sock") == 0o600)
            service.signal(SIGTERM)
            let end = await service.finish()
            #expect(end.status == 0)
            said += end.text + end.err
            #expect(end.err.contains("debug") || end.err.contains("trace"), "the log is at its most talkative")
            var canaries = ["X98765432", "Z12345678"] + demo.description["accounts"].items.compactMap(\.text)
            canaries += ["clientSecret", "refreshToken"].compactMap { demo.description["credentials"][$0].text }
            #expect(canaries.count >= 6)
            for canary in canaries {
                let line = said.split(separator: "\n").first { $0.contains(canary) }
                #expect(line == nil, "\(canary) was said: \((line ?? "").prefix(300))")
            }
            #expect(!said.contains("Bearer "))
        }
    }
}
