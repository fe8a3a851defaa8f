import BrokerKit
import PortfolioModel

extension MarketFeed {
    /// Daily candles of feed symbols since an instant, over the connection that is open; of a symbol that the server
    /// has none of there are none. Throws `BrokerError`, retryable, without a connection or when the server refuses.
    func dailyCandles(_ symbols: [String], from start: Timestamp) async throws -> [String: [Candle]] {
        if symbols.isEmpty { return [:] }
        try beginCandles(symbols, from: start)
        while true {
            switch takeCandleOutcome() {
            case .pending:
                try? await drain()
                do { try await clock.sleep(for: .milliseconds(100)) } catch {
                    abandonCandles()
                    throw error
                }
            case .done(let found): return found
            case .failed(let reason): throw BrokerError(.retryable, code: "no-candles", reason)
            }
        }
    }
}

/// How a download of candles stands.
enum CandleOutcome: Sendable {
    case pending
    case done([String: [Candle]])
    case failed(String)
}
