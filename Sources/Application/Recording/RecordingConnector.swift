import BrokerKit

/// Keeps every connection of a broker: when it opened, what it said and how it ended. What we say is not kept: it
/// carries tokens, and a replay says it again.
struct RecordingConnector: WebSocketConnector {
    let connector: any WebSocketConnector
    let broker: String
    let recording: Recording

    func connect(_ request: WebSocketRequest) async throws -> any WebSocketConnection {
        let number = recording.nextConnection()
        let place = Endpoint(request.url).map { $0.host + String($0.path.prefix { $0 != "?" }) } ?? ""
        do {
            let connection = try await connector.connect(request)
            let kept = RecordingConnection(
                connection: connection, broker: broker, number: number, recording: recording)
            kept.add(.opened(place))
            return kept
        } catch {
            let code = (error as? TransportError)?.code.rawValue ?? "cancelled"
            recording.add(.socket(RecordedSocket(broker: broker, connection: number, event: .ended(code))))
            throw error
        }
    }

    func awaitTurn() async { await connector.awaitTurn() }
}

/// One connection that is kept.
struct RecordingConnection: WebSocketConnection {
    let connection: any WebSocketConnection
    let broker: String
    let number: Int
    let recording: Recording

    func send(text: String) async throws { try await connection.send(text: text) }

    func receive() async throws -> WebSocketMessage? {
        try await keeping {
            let message = try await connection.receive()
            return (message, message.map { [$0] } ?? [])
        }
    }

    func receiveBatch() async throws -> [WebSocketMessage] {
        try await keeping {
            let messages = try await connection.receiveBatch()
            return (messages, messages)
        }
    }

    func close() async { await connection.close() }

    private func keeping<Result>(_ body: () async throws -> (Result, [WebSocketMessage])) async throws -> Result {
        do {
            let (result, messages) = try await body()
            add(messages.isEmpty ? .ended("closed") : .received(messages.map { RecordedBytes($0.bytes) }))
            return result
        } catch {
            add(.ended((error as? TransportError)?.code.rawValue ?? "cancelled"))
            throw error
        }
    }

    func add(_ event: RecordedSocket.Event) {
        recording.add(.socket(RecordedSocket(broker: broker, connection: number, event: event)))
    }
}
