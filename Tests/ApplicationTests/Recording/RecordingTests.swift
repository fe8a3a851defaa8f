import BrokerKit
import Foundation
import Logging
import PortfolioModel
import Testing

@testable import Application

/// A recording's file: whose it is, what is in it, and what happens when it cannot be written.
struct RecordingTests {
    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private struct Answering: HTTPClient {
        let body: String
        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            HTTPResponse(status: 200, headers: ["set-cookie": "CANARY-COOKIE"], body: Array(body.utf8))
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/tr-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder + "/r")
    }

    @Test func file_isItsOwnersAndNeverReplaced() async throws {
        try await withFolder { path in
            let recording = try Recording(creating: path, logger: Self.logger)
            recording.add(.tick)
            recording.finish()
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let before = FileManager.default.contents(atPath: path)
            #expect(throws: CommandError.self) { _ = try Recording(creating: path, logger: Self.logger) }
            #expect(FileManager.default.contents(atPath: path) == before)
        }
    }

    @Test func file_isTakenAway_whenTheServiceDoesNotStart() async throws {
        try await withFolder { path in
            let recording = try Recording(creating: path, logger: Self.logger)
            recording.add(.tick)
            recording.discard()
            recording.finish()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func canaries_ofEveryKind_areNotInTheFile() async throws {
        try await withFolder { path in
            let recording = try Recording(creating: path, logger: Self.logger)
            let body = #"{"token":"CANARY-QUOTE","account-number":"5CANARY01","echo":"CANARY-BEARER CANARY-REFRESH"}"#
            let client = recording.client(Answering(body: body), of: "b")
            recording.learn(secret: "CANARY-REFRESH")
            // Named before it is explained.
            recording.add(.noted(["trouble with 5CANARY01"]))
            _ = try await client.send(
                HTTPRequest(
                    .get, "https://host/accounts/6CANARY02/balances?x=6CANARY02",
                    headers: [HTTPHeader("Authorization", secret: SecretString("Bearer CANARY-BEARER"))],
                    body: Array("CANARY-BODY".utf8)))
            recording.add(.received([.accounts([VenueAccount(number: "7CANARY03")])], from: BrokerID("b")))
            recording.finish()
            let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            #expect(!text.contains("CANARY"), "\(text)")
            #expect(text.contains("trouble with ") && text.contains("/balances?x="))
            #expect(recording.alarm == nil)
        }
    }

    @Test func fullDisk_stopsTheRecordingWithAnAlarm() throws {
        let recording = Recording(
            RecordingFile(descriptor: open("/dev/full", O_WRONLY), path: "/dev/full"), logger: Self.logger)
        recording.add(.tick)
        #expect(recording.alarm == nil)
        recording.flush()
        #expect(recording.alarm?.contains("No space left") == true)
        recording.add(.tick)
        recording.finish()
        #expect(recording.alarm?.hasPrefix("the recording stopped") == true)
    }
}
