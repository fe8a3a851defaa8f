import Testing

@testable import Application

struct PathsTests {
    static let all = [
        "HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d/", "XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/r",
    ]

    @Test func paths_followTheVariables() throws {
        let paths = try Paths(environment: Self.all, sandbox: false)
        #expect(paths.configuration == "/c/tributary/config.yaml")
        #expect(paths.database == "/d/tributary/tributary.db")
        #expect(paths.log == "/s/tributary/tributary.log")
        #expect(paths.socket == "/r/tributary.sock")
    }

    @Test func sandbox_livesApart() throws {
        let paths = try Paths(environment: Self.all, sandbox: true)
        #expect(paths.configuration == "/s/tributary/sandbox/config.yaml")
        #expect(paths.database == "/s/tributary/sandbox/tributary.db")
        #expect(paths.socket == "/r/tributary-sandbox.sock")
        #expect(
            try Paths(environment: ["HOME": "/h"], sandbox: true).socket
                == "/h/.local/state/tributary/sandbox/run/tributary.sock")
    }

    @Test func relativeVariables_areIgnored() throws {
        let paths = try Paths(
            environment: ["HOME": "/h", "XDG_STATE_HOME": "s", "XDG_RUNTIME_DIR": "r"], sandbox: false)
        #expect(paths.socket == "/h/.local/state/tributary/run/tributary.sock")
    }

    @Test func paths_needAHomeFolder() {
        #expect(throws: ConfigurationErrors.self) { try Paths(environment: [:], sandbox: false) }
    }

    @Test(arguments: [(107, true), (108, false)])
    func socket_isRefused_overThe107BytesOfAnAddress(bytes: Int, fits: Bool) throws {
        let name = "/tributary.sock"
        let folder = "/" + String(repeating: "r", count: bytes - name.utf8.count - 1)
        let environment = ["HOME": "/h", "XDG_RUNTIME_DIR": folder]
        if fits {
            #expect(try Paths(environment: environment, sandbox: false).socket.utf8.count == bytes)
        } else {
            let failure = #expect(throws: ConfigurationErrors.self) {
                try Paths(environment: environment, sandbox: false)
            }
            #expect(failure?.errors.first?.code == "socket-path-too-long")
            #expect(failure?.errors.first?.message.contains("\(bytes) bytes") == true)
        }
    }
}
