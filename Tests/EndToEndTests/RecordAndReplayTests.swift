import Crypto
import Foundation
import PortfolioModel
import Testing

/// A run that is recorded, and what a replay makes of the file: the same, or a named difference.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct RecordAndReplayTests {
    private static let documents = ["status", "positions", "accounts", "balances"]
    private static let rules = """
        schema: 1
        rules:
          - name: rich
            metric: netLiq
            above: "1"
          - name: silent broker
            metric: brokerUnhealthyAge
            scope: broker:tastytrade
            above: "0"
          - name: never
            metric: netLiq
            below: "-1"

        """

    /// A service of both brokers with rules that fire, recorded for some seconds beside an import.
    private func recorded(_ body: (Demo, _ recording: String, _ service: Program.Output) async throws -> Void)
        async throws
    {
        let rules = "/tmp/tr-rules-\(UInt32.random(in: 0...UInt32.max)).yaml"
        try Data(Self.rules.utf8).write(to: URL(fileURLWithPath: rules))
        defer { try? FileManager.default.removeItem(atPath: rules) }
        try await withDemo(extra: "alerts: \(rules)", tastytrade: Demo.quick) { demo in
            let (file, out) = (demo.program.home.path + "/r.rec", demo.program.home.path + "/a")
            let service = try demo.startService(["--for", "14", "--record", file, "--out", out])
            try await demo.whenLive()
            let sheet = try Sheet().write("Portfolio_Positions.csv", in: demo.program)
            let imported = try await demo.command(["import", "fidelity", sheet, "--quiet"])
            #expect(imported.status == 0, "\(imported.err)")
            let output = await service.finish()
            try #require(output.status == 0, "\(output.err.suffix(2000))")
            try await body(demo, file, output)
        }
    }

    private func file(_ demo: Demo, _ path: String) throws -> Data {
        try Data(contentsOf: demo.program.home.appendingPathComponent(path))
    }

    @Test func replay_isTheRun_byteForByte() async throws {
        try await recorded { demo, recording, service in
            let replay = try await demo.program.run(
                ["replay", recording, "--json", "--out", demo.program.home.path + "/b"])
            #expect(replay.status == 0, "\(replay.text) \(replay.err)")
            for name in Self.documents {
                let (old, new) = (try file(demo, "a/\(name).json"), try file(demo, "b/\(name).json"))
                #expect(old == new, "\(name)")
                #expect(old.count > 100)
            }
            let report = try JSON(parsing: replay.out)
            let status = try JSON(parsing: try file(demo, "a/status.json"))
            #expect(report["divergence"].isNull && report["torn"] == .bool(false))
            #expect((report["checkpoints"].double ?? 0) >= 2)
            #expect((report["messages"].double ?? 0) > 20)
            #expect(report["unreadable"].items.isEmpty, "\(report["unreadable"])")
            #expect(status["accounts"].items.count == 4)

            let logged = service.err.split(separator: "\n").compactMap { line -> Substring? in
                line.contains("] alert ")
                    ? line.suffix(from: line.range(of: "] alert ")?.upperBound ?? line.endIndex)
                    : nil
            }.map(String.init)
            let alerts = report["alerts"].items.compactMap(\.text)
            #expect(alerts == logged)
            for word in ["raised: rich", "raised: silent broker", "cleared: silent broker"] {
                #expect(alerts.contains { $0.hasPrefix(word) }, "\(word) in \(alerts)")
            }
            try checkSecrets(demo, recording)
            try await checkUntil(demo, recording)
            try await checkTampering(demo, recording)
        }
    }

    private func checkSecrets(_ demo: Demo, _ recording: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: recording)), as: UTF8.self)
        var canaries = [
            demo.description["credentials"]["clientSecret"], demo.description["credentials"]["refreshToken"],
        ]
        .compactMap(\.text)
        canaries += demo.description["accounts"].items.compactMap(\.text) + ["X98765432", "Z12345678"]
        #expect(canaries.count >= 6)
        for canary in canaries { #expect(!text.contains(canary), "\(canary)") }
        #expect(!text.contains("Bearer "))
    }

    private func checkUntil(_ demo: Demo, _ recording: String) async throws {
        let folder = demo.program.home.appendingPathComponent("until").path
        let output = try await demo.program.run(["replay", recording, "--json", "--until", "20", "--out", folder])
        let report = try JSON(parsing: output.out)
        #expect(output.status == (report["verdict"].text == "equal" ? 0 : 2), "\(output.err)")
        let sequence = report["sequence"].double ?? 0
        #expect((20...22).contains(sequence))
        let file = try Data(contentsOf: URL(fileURLWithPath: folder + "/status.json"))
        let status = try JSON(parsing: file)
        #expect(status["sequence"].double == sequence)
    }

    /// A price that was changed, with its checksums in order, is found by the parsers or by the documents.
    private func checkTampering(_ demo: Demo, _ recording: String) async throws {
        let lines = try Data(contentsOf: URL(fileURLWithPath: recording)).split(separator: 0x0A)
        let place = try #require(lines.lastIndex { $0.contains("\"market\"", "\"bid\"") })
        let json = String(decoding: lines[place].dropFirst(9), as: UTF8.self)
        let changed = json.replacingOccurrences(of: "\"bid\":{\"raw\":", with: "\"bid\":{\"raw\":1")
        var tampered = lines
        tampered[place] = Data("00000000 \(changed)".utf8)
        for line in place..<tampered.count {
            let json = tampered[line].dropFirst(9)
            let sum = SHA256.hash(data: tampered[line - 1].prefix(8) + json).prefix(4)
            tampered[line] = Data(sum.map { String(format: "%02x", $0) }.joined().utf8) + [0x20] + json
        }
        try await expect(demo, tampered, status: 2, "\"divergence\":{\"document\":\"feed\"")

        var damaged = lines
        damaged[place] = Data(lines[place].dropLast())
        let offset = lines[..<place].reduce(0) { $0 + $1.count + 1 }
        try await expect(demo, damaged, status: 65, "at byte \(offset)")
        try await expect(demo, Array(lines[..<place]) + [lines[place].prefix(40)], status: 0, "\"torn\":true")
        #expect(try await demo.program.run(["replay", recording + "-none"]).status == 66)
        let again = try await demo.command(["run", "--headless", "--for", "1", "--record", recording])
        #expect(again.status == 74, "\(again.err)")
    }

    private func expect(_ demo: Demo, _ lines: [Data], status: Int32, _ words: String) async throws {
        let path = demo.program.home.appendingPathComponent("changed.rec")
        try (Data(lines.joined(separator: [0x0A])) + (status == 0 ? Data() : Data([0x0A]))).write(to: path)
        let output = try await demo.program.run(["replay", path.path, "--json"])
        #expect(output.status == status, "\(words): \(output.text.prefix(500)) \(output.err)")
        #expect((output.text + output.err).contains(words), "\(words): \(output.text.prefix(500)) \(output.err)")
    }

    @Test func killedRun_isReplayedUpToItsEnd() async throws {
        try await withDemo { demo in
            let file = demo.program.home.path + "/r.rec"
            let service = try demo.startService(["--record", file])
            try await demo.whenLive()
            service.signal(SIGKILL)
            _ = await service.finish()
            let output = try await demo.program.run(["replay", file, "--json"])
            let report = try JSON(parsing: output.out)
            // Killed before the fifth second, it may have no document to compare with, and says so.
            let isCompared = (report["checkpoints"].double ?? 0) > 0
            #expect(report["verdict"].text == (isCompared ? "equal" : "nothing-compared"))
            #expect(output.status == (isCompared ? 0 : 2), "\(output.text) \(output.err)")
            #expect((report["sequence"].double ?? 0) > 5)
            #expect((report["positions"].double ?? 0) > 5)
        }
    }
}

extension Data {
    fileprivate func contains(_ words: String...) -> Bool {
        words.allSatisfy { range(of: Data($0.utf8)) != nil }
    }
}
