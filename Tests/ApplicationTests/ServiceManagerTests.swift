import Foundation
import Testing

@testable import Application

struct ServiceManagerTests {
    private func manager(_ environment: [String: String]) -> ServiceManager {
        ServiceManager(environment: environment, processID: 7)
    }

    @Test func nothing_isSent_withoutAManager() {
        for environment in [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/"]] {
            #expect(!manager(environment).tell(.ready))
            #expect(manager(environment).watchdogLimit == nil)
        }
    }

    @Test(arguments: [
        (["WATCHDOG_USEC": "30000000"], Duration.seconds(30)),
        (["WATCHDOG_USEC": "500000", "WATCHDOG_PID": "7"], .seconds(0.5)),
        (["WATCHDOG_USEC": "500000", "WATCHDOG_PID": "8"], nil), (["WATCHDOG_USEC": "0"], nil),
        (["WATCHDOG_USEC": "soon"], nil), ([:], nil),
    ])
    func watchdogLimit_isWhatTheManagerAsksOfThisProcess(environment: [String: String], limit: Duration?) {
        let socket = ["NOTIFY_SOCKET": "@tributary-test-nobody"]
        #expect(manager(socket.merging(environment) { $1 }).watchdogLimit == limit)
    }

    @Test func longName_isNotCutIntoAnother() {
        #expect(!manager(["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)]).tell(.alive))
    }

    @Test func words_comeWhole_overPathAndAbstractSocket() throws {
        let path = NSTemporaryDirectory() + "tr-\(UInt32.random(in: 0...UInt32.max))"
        for name in [path, "@tr-\(UInt32.random(in: 0...UInt32.max))"] {
            let listener = try Listener(name)
            let manager = manager(["NOTIFY_SOCKET": name])
            for word in [ServiceManager.Word.ready, .alive, .stopping] {
                #expect(manager.tell(word))
                #expect(listener.receive() == word.rawValue)
            }
            listener.end()
        }
        unlink(path)
    }
}

/// The manager's end of the socket.
private struct Listener {
    private let descriptor: Int32

    init(_ name: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var bytes = Array(name.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(status == 0)
    }

    func receive() -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    func end() { close(descriptor) }
}
