import BrokerKit

/// Keeps every exchange of a broker. Its headers teach what is secret and are not written.
struct RecordingHTTPClient: HTTPClient {
    let client: any HTTPClient
    let broker: String
    let recording: Recording

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        for header in request.headers {
            if case .secret(let value) = header.value { recording.learn(secret: value.reveal()) }
        }
        var exchange = RecordedExchange(
            broker: broker, method: request.method.rawValue, target: Endpoint(request.url)?.path ?? "/")
        do {
            let response = try await client.send(request)
            (exchange.status, exchange.body) = (response.status, RecordedBytes(response.body))
            recording.add(.exchange(exchange))
            return response
        } catch {
            exchange.error = (error as? TransportError)?.code.rawValue ?? "cancelled"
            recording.add(.exchange(exchange))
            throw error
        }
    }
}
