import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import Application

struct StopLimitsTests {
    /// Never returns, whatever it is told.
    private struct Stubborn: Service {
        func run() async throws {
            while true { try? await Task.sleep(for: .milliseconds(50)) }
        }
    }

    private struct Ending: Service {
        func run() async throws {}
    }

    @Test func service_thatNeverReturns_isCutOffWithinSevenSeconds() async {
        let clock = ContinuousClock()
        let started = clock.now
        await #expect(processExitsWith: .failure) {
            // Telling where it fell takes a test program of this size long.
            for number in [SIGILL, SIGTRAP, SIGABRT] { signal(number, SIG_DFL) }
            var configuration = ServiceGroupConfiguration(
                services: [
                    .init(service: Stubborn()),
                    .init(service: Ending(), successTerminationBehavior: .gracefullyShutdownGroup),
                ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            StopLimits.apply(to: &configuration)
            try await ServiceGroup(configuration: configuration).run()
        }
        let took = clock.now - started
        // The bound itself is 7 s; the rest is a process that starts beside all the other tests.
        #expect(took >= StopLimits.graceful && took < .seconds(40), "\(took)")
        #expect(StopLimits.graceful + StopLimits.cancelled <= .seconds(7))
    }
}
