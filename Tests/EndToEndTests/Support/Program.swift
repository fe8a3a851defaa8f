import Foundation
import NIOConcurrencyHelpers

/// The built program and folders of its own: nothing of the user's is touched.
struct Program: Sendable {
    let home: URL

    init() throws {
        // Short, since a socket's path must fit in 107 bytes.
        home = URL(fileURLWithPath: "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        chmod(home.path, 0o700)
    }

    func remove() { try? FileManager.default.removeItem(at: home) }

    /// The executable lies beside the test bundle.
    static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("tributary")
    }

    var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["XDG_STATE_HOME"] = home.appendingPathComponent("state").path
        environment["XDG_CONFIG_HOME"] = home.appendingPathComponent("config").path
        environment["XDG_DATA_HOME"] = home.appendingPathComponent("data").path
        environment["XDG_RUNTIME_DIR"] = nil
        environment["TMPDIR"] = home.path
        environment["NO_COLOR"] = "1"
        return environment
    }

    struct Output: Sendable {
        var status: Int32
        var out: Data
        var err: String

        var text: String { String(decoding: out, as: UTF8.self) }
    }

    /// Runs a command to its end.
    func run(_ arguments: [String]) async throws -> Output {
        let process = try start(arguments)
        return await process.finish()
    }

    /// Starts a command and leaves it running.
    func start(_ arguments: [String]) throws -> RunningProgram {
        try RunningProgram(executable: Self.executable, arguments: arguments, environment: environment)
    }

    /// One document of the sandbox profile, decoded loosely.
    func document(_ name: String, _ extra: [String] = []) async throws -> JSON {
        let output = try await run([name, "--sandbox", "--json"] + extra)
        guard !output.out.isEmpty else { throw EndToEndError("\(name): exit \(output.status): \(output.err)") }
        return try JSON(parsing: output.out)
    }
}

struct EndToEndError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// A started command; its output is collected as it comes.
final class RunningProgram: Sendable {
    private let process: Process
    private let out: Collector
    private let err: Collector

    init(executable: URL, arguments: [String], environment: [String: String]) throws {
        process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        out = Collector(process, \.standardOutput)
        err = Collector(process, \.standardError)
        try process.run()
        Warden.shared.watch(process.processIdentifier)
    }

    var processIdentifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var outputSoFar: String { String(decoding: out.data, as: UTF8.self) }
    var errorSoFar: String { String(decoding: err.data, as: UTF8.self) }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end on a thread of its own: the pool's few threads belong to the other tests.
    func finish() async -> Program.Output {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in continuation.resume(returning: waitForEnd()) }
        }
    }

    private func waitForEnd() -> Program.Output {
        process.waitUntilExit()
        Warden.shared.forget(process.processIdentifier)
        out.wait()
        err.wait()
        return Program.Output(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            out: out.data, err: String(decoding: err.data, as: UTF8.self))
    }

    /// The first whole line on standard output, within a bound.
    func firstLine(within seconds: Double = 30) async throws -> String {
        try await eventually("a first line of output", within: seconds) { [self] in
            let text = outputSoFar
            return text.firstIndex(of: "\n").map { String(text[..<$0]) }
        }
    }
}

/// Collects one stream of a process on a thread of its own.
private final class Collector: Sendable {
    private let buffer = NIOLockedValueBox(Data())
    private let ended = DispatchSemaphore(value: 0)

    init(_ process: Process, _ stream: ReferenceWritableKeyPath<Process, Any?>) {
        let pipe = Pipe()
        process[keyPath: stream] = pipe
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread { [self] in
            // `read(upToCount:)` would wait for all of the count.
            while true {
                let chunk = handle.availableData
                if chunk.isEmpty { break }
                buffer.withLockedValue { $0.append(chunk) }
            }
            ended.signal()
        }
    }

    var data: Data { buffer.withLockedValue { $0 } }
    func wait() {
        ended.wait()
        ended.signal()
    }
}

/// Polls until a value is there; throws when the bound is over. Only for tests over real sockets.
func eventually<Value>(
    _ what: String, within seconds: Double = 30, _ probe: () async throws -> Value?
) async throws -> Value {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
        if let value = try await probe() { return value }
        try await Task.sleep(for: .milliseconds(200))
    }
    throw EndToEndError("not within \(seconds) s: \(what)")
}
