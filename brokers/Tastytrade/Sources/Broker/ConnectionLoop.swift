import BrokerKit
import PortfolioModel

/// Drives one open stream: every batch of messages and a tick each second, until one of them decides that it is over.
enum ConnectionLoop {
    enum Outcome<End: Sendable>: Sendable {
        case decided(End)
        /// The stream ended, or a handler failed; in words.
        case disconnected(String)
    }

    /// Returns when it is over, with the connection closed and both loops gone.
    static func run<End: Sendable>(
        _ connection: any WebSocketConnection, clock: any ServiceClock,
        receive: @escaping @Sendable ([WebSocketMessage]) async throws -> End?,
        tick: @escaping @Sendable () async throws -> End?
    ) async -> Outcome<End> {
        let outcome = await withTaskGroup(of: Outcome<End>.self) { group in
            group.addTask {
                await guarding {
                    while true {
                        let messages = try await connection.receiveBatch()
                        if messages.isEmpty { return .disconnected("closed by the server") }
                        if let end = try await receive(messages) { return .decided(end) }
                    }
                }
            }
            group.addTask {
                await guarding {
                    while true {
                        if let end = try await tick() { return .decided(end) }
                        try await clock.sleep(for: .seconds(1))
                    }
                }
            }
            let first = await group.next() ?? .disconnected("cancelled")
            group.cancelAll()
            return first
        }
        await connection.close()
        return outcome
    }

    private static func guarding<End>(_ body: () async throws -> Outcome<End>) async -> Outcome<End> {
        do {
            return try await body()
        } catch let error as TransportError {
            return .disconnected("\(error.code.rawValue)\(error.closeCode.map { " \($0)" } ?? "")")
        } catch let error as BrokerError {
            return .disconnected(error.message)
        } catch {
            return .disconnected("cancelled")
        }
    }
}
