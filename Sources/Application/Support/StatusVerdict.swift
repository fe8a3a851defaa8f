import Foundation
import PortfolioModel

/// The exit status of `status`: 0 no broker worse than live, 2 degraded, 69 not running.
enum StatusVerdict {
    static func of(_ text: String, live: Bool) throws -> ExitStatus {
        if !live { return .unavailable }
        let status = try DocumentDecoder().decode(StatusDocument.self, from: Data(text.utf8))
        return status.brokers.allSatisfy { $0.state == BrokerState.live.rawValue } ? .ok : .findings
    }
}
