import BrokerKit
import PortfolioModel
import PortfolioStore
import Risk
import Supervision

extension Recording {
    /// The first two lines.
    func begin(_ start: RecordedStart, _ stored: StoredBook) {
        add(.start(start))
        add(.stored(stored.changes, sequence: stored.sequence))
    }

    var riskStep: @Sendable (RiskStep) -> Void { { self.add(RecordedStep.risk($0)) } }
    var supervisorStep: @Sendable (SupervisorStep) -> Void { { self.add($0) } }

    func clock(_ clock: any ServiceClock, of reader: String) -> any ServiceClock {
        RecordingClock(clock: clock, reader: reader, recording: self)
    }

    func client(_ client: any HTTPClient, of broker: String) -> any HTTPClient {
        RecordingHTTPClient(client: client, broker: broker, recording: self)
    }

    func connector(_ connector: any WebSocketConnector, of broker: String) -> any WebSocketConnector {
        RecordingConnector(connector: connector, broker: broker, recording: self)
    }
}
