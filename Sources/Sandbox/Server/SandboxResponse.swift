/// What a sandbox answers.
package struct SandboxResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func json(_ value: SandboxJSON, status: Int = 200) -> SandboxResponse {
        SandboxResponse(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")],
            body: Array(value.rendered.utf8))
    }

    package static func html(_ text: String, status: Int) -> SandboxResponse {
        SandboxResponse(status: status, headers: [("Content-Type", "text/html")], body: Array(text.utf8))
    }
}
