import BrokerKit
import BrokerTestKit
import Fidelity
import PortfolioModel
import Testing

struct FidelityBrokerTests {
    /// Counts what it is given.
    private actor CountingSink: BrokerSink {
        private(set) var count = 0
        func deliver(_ events: [BrokerEvent]) async { count += events.count }
    }

    @Test(.timeLimit(.minutes(1)))
    func run_waitsUntilCancelled_andDeliversNothing() async throws {
        let broker = FidelityBroker()
        let sink = CountingSink()
        let task = Task { try await broker.run(sink) }
        try await broker.perform(.synchronize)
        try await broker.synchronizeOnce(sink)
        task.cancel()
        try await task.value
        #expect(await sink.count == 0)
    }

    @Test func broker_saysWhatItCan() {
        let broker = FidelityBroker()
        #expect(broker.id == BrokerID("fidelity"))
        #expect(broker.capabilities == [.positions, .fileImport])
        #expect(broker.symbology is FidelitySymbology)
    }
}
