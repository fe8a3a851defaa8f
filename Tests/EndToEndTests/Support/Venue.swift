import Foundation
import FoundationNetworking

/// The simulator's control endpoint of a running sandbox.
struct Venue: Sendable {
    let control: String

    /// Has the simulator do something; `members` are those its table of actions names.
    @concurrent @discardableResult
    func perform(_ action: String, _ members: [String: any Sendable] = [:]) async throws -> JSON {
        var request = URLRequest(url: try url(""))
        request.httpMethod = "POST"
        var body: [String: Any] = members
        body["action"] = action
        request.httpBody = try JSONSerialization.data(withJSONObject: body)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        return try await answer(to: request)
    }

    /// What clients did so far.
    @concurrent
    func stats() async throws -> JSON { try await answer(to: URLRequest(url: try url("/stats"))) }

    private func url(_ path: String) throws -> URL {
        guard let url = URL(string: control + path) else { throw EndToEndError("bad control URL \(control)\(path)") }
        return url
    }

    private func answer(to request: URLRequest) async throws -> JSON {
        let (data, response) = try await URLSession.shared.data(for: request)
        guard let status = (response as? HTTPURLResponse)?.statusCode, status < 300 else {
            throw EndToEndError("control: \(String(decoding: data, as: UTF8.self))")
        }
        return try JSON(parsing: data)
    }
}
