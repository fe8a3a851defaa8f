import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Testing

@testable import Application

/// The control socket against clients that do not behave.
@Suite(.timeLimit(.minutes(3)))
struct ControlServerTests {
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    /// Runs a server whose answers have `bytes` bytes beside a body; `answers` counts those it made.
    private func withServer(
        answering bytes: Int, patience: TimeAmount = .seconds(1),
        _ body: (_ path: String, _ answers: NIOLockedValueBox<Int>) async throws -> Void
    ) async throws {
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let answers = NIOLockedValueBox(0)
        let server = ControlServer(path: folder + "/s", logger: Self.logger, patience: patience) { _ in
            answers.withLockedValue { $0 += 1 }
            var response = ControlResponse()
            response.documents[.positions] = String(repeating: "x", count: bytes)
            return response
        }
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { isReady.yield() } }
            for await _ in ready { break }
            try await body(folder + "/s", answers)
            group.cancelAll()
        }
    }

    private func connect(_ path: String) throws -> FileHandle {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try #require(status == 0 && fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
        return handle
    }

    /// Writes as much as the socket takes; whether it still takes anything.
    private func push(_ bytes: [UInt8], into handle: FileHandle) -> Int {
        bytes.withUnsafeBytes { send(handle.fileDescriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private var question: [UInt8] {
        get throws { Array(try JSONEncoder().encode(ControlRequest(.documents(DocumentQuery([.positions]))))) + [10] }
    }

    /// A client asks a thousand times and reads nothing.
    @Test func client_thatNeverReads_holdsOneAnswer_andIsCutOff() async throws {
        try await withServer(answering: 1 << 20, patience: .seconds(10)) { path, answers in
            let deaf = try connect(path)
            let question = try question
            for _ in 0..<1000 where push(question, into: deaf) < 0 && errno == EAGAIN { break }
            let clock = ContinuousClock()
            let started = clock.now
            // Another client is served meanwhile; on a busy machine and instrumented, not at once.
            let response = try await ControlClient(path: path).ask(
                ControlRequest(.documents(.init([.positions]))), patience: .seconds(30))
            #expect(response.documents[.positions]?.count == 1 << 20)
            #expect(clock.now - started < .seconds(30))
            while clock.now - started < .seconds(40), push([10], into: deaf) >= 0 || errno == EAGAIN {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(clock.now - started < .seconds(40), "it was cut off")
            let made = answers.withLockedValue { $0 }
            #expect(made <= 3, "\(made) answers were made, one of them for the client that reads")
        }
    }

    /// The kernel accepts connections for a process that stands still.
    @Test func service_thatDoesNotAnswer_isNotWaitedForForEver() async throws {
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let listening = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .bind(unixDomainSocketPath: folder + "/s").get()
        defer { listening.close(promise: nil) }
        let client = ControlClient(path: folder + "/s")
        for (request, isSure) in [
            (ControlRequest(.documents(.init([.status]))), true), (ControlRequest(.synchronize(broker: nil)), false),
        ] {
            let error = await #expect(throws: CommandError.self) {
                try await client.ask(request, patience: .seconds(1))
            }
            #expect(error?.code == "service-silent" && error?.exitStatus == ExitStatus.unavailable.rawValue)
            #expect(error?.message.contains("nothing doubles") == !isSure)
        }
    }

    /// As a killed service leaves a client: the kernel resets a connection whose bytes nobody has read.
    @Test func service_thatIsKilled_isSaidToHaveEnded() async throws {
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let listening = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.scheduleTask(in: .milliseconds(300)) { channel.close(promise: nil) }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(unixDomainSocketPath: folder + "/s").get()
        defer { listening.close(promise: nil) }
        let error = await #expect(throws: CommandError.self) {
            try await ControlClient(path: folder + "/s").ask(ControlRequest(.documents(.init([.status]))))
        }
        #expect(error?.code == "service-gone")
    }

    @Test func garbage_isRefused_lineByLine_andTheServerGoesOn() async throws {
        try await withServer(answering: 10, patience: .seconds(30)) { path, _ in
            var random = SystemRandomNumberGenerator()
            for round in 0..<50 {
                let client = try connect(path)
                let length = Int.random(in: 0...4000, using: &random)
                let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
                _ = push(noise, into: client)
                if round % 3 == 0 { _ = push([10], into: client) }
                if round % 7 == 0 { _ = push(Array(try question.dropLast(5)), into: client) }
            }
            let response = try await ControlClient(path: path).ask(ControlRequest(.documents(.init([.positions]))))
            #expect(response.documents[.positions]?.count == 10)
        }
    }

    @Test func line_thatIsNoRequest_isAnswered_andTheNextOneToo() async throws {
        try await withServer(answering: 10) { path, _ in
            let client = try connect(path)
            _ = push(Array(#"{"version":1,"command":{"nothing":{}}}"#.utf8) + [10] + (try question), into: client)
            var text = ""
            while text.split(separator: "\n").count < 2 || !text.hasSuffix("\n") {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = recv(client.fileDescriptor, &buffer, buffer.count, 0)
                if count > 0 { text += String(decoding: buffer[..<count], as: UTF8.self) }
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(text.contains("bad-request") && text.contains("xxxxxxxxxx"))
        }
    }
}
