import BrokerKit
import Foundation
import Testing

@testable import Transport

/// Connects and closes again and again in a process of its own, where nobody else opens files: descriptors, threads and
/// memory must stay where they were. The process is this test program itself, started on the test that counts.
@Suite(.serialized)
struct ConnectCycleTests {
    private static let cyclesKey = "TRIBUTARY_CONNECT_CYCLES_INSIDE"
    /// scripts/faults asks for many.
    private static let cycles = ProcessInfo.processInfo.environment["TRIBUTARY_CONNECT_CYCLES"] ?? "200"

    private struct Usage {
        var descriptors: Int
        var threads: Int
        var kilobytes: Int

        static func now() throws -> Usage {
            let files = FileManager.default
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let resident = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let size = resident.flatMap { $0.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
            return Usage(
                descriptors: try files.contentsOfDirectory(atPath: "/proc/self/fd").count,
                threads: try files.contentsOfDirectory(atPath: "/proc/self/task").count, kilobytes: size ?? 0)
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment[cyclesKey] != nil))
    func cycles_counted() async throws {
        let cycles = Int(ProcessInfo.processInfo.environment[Self.cyclesKey] ?? "") ?? 0
        let server = try await LoopbackServer()
        let connector = try LibWebSocketsConnector(policy: EndpointPolicy(allowedHosts: []))
        let client = try CurlHTTPClient(policy: EndpointPolicy(allowedHosts: []))
        func cycle() async throws {
            let stream = try await connector.connect(WebSocketRequest(url: server.ws + "/stream/echo"))
            try await stream.send(text: "hello")
            #expect(try await stream.receive() != nil)
            await stream.close()
            #expect(try await client.send(HTTPRequest(.post, server.http + "/page", body: [1])).status == 200)
        }
        for _ in 0..<50 { try await cycle() }
        let before = try Usage.now()
        for _ in 0..<cycles { try await cycle() }
        // The server's own ends of the last connections go a moment later.
        _ = await eventually { (try? Usage.now().descriptors <= before.descriptors + 2) ?? false }
        let after = try Usage.now()
        let text = """
            cycles \(cycles): descriptors \(before.descriptors) -> \(after.descriptors), \
            threads \(before.threads) -> \(after.threads), RSS \(before.kilobytes) -> \(after.kilobytes) kB
            """
        let isFlat =
            abs(after.descriptors - before.descriptors) <= 2 && after.threads <= before.threads + 2
            && after.kilobytes - before.kilobytes < 20_000
        FileHandle.standardOutput.write(Data("\(isFlat ? "flat" : "GROWN") \(text)\n".utf8))
        await client.shutdown()
        await connector.shutdown()
        await server.stop()
    }

    @Test func connectCycles_leaveNothingBehind() throws {
        let child = Process()
        let output = Pipe()
        child.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        child.arguments = ["--testing-library", "swift-testing", "--filter", "cycles_counted"]
        let inherited = ProcessInfo.processInfo.environment
        // AddressSanitizer keeps what was freed, up to 256 MB, which would pass for growth.
        let sanitizer = "\(inherited["ASAN_OPTIONS"].map { $0 + ":" } ?? "")quarantine_size_mb=1"
        child.environment = inherited.merging([Self.cyclesKey: Self.cycles, "ASAN_OPTIONS": sanitizer]) { $1 }
        child.standardOutput = output
        child.standardError = FileHandle.nullDevice
        try child.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        child.waitUntilExit()
        let line = text.split(separator: "\n").first { $0.hasPrefix("flat") || $0.hasPrefix("GROWN") }
        print("connect: \(line ?? "no figure")")
        #expect(line?.hasPrefix("flat") == true, "\(text.suffix(1000))")
    }
}
