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

    /// The process counts its own half seconds: how long it takes to start beside all the other tests says nothing.
    @Test func service_thatNeverReturns_isCutOffWithinSevenSeconds() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardOutputContent]) {
            // Telling where it fell takes a test program of this size long.
            for number in [SIGILL, SIGTRAP, SIGABRT] { signal(number, SIG_DFL) }
            let started = ContinuousClock.now
            Task {
                while true {
                    FileHandle.standardOutput.write(Data("alive after \((ContinuousClock.now - started))\n".utf8))
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
            var configuration = ServiceGroupConfiguration(
                services: [
                    .init(service: Stubborn()),
                    .init(service: Ending(), successTerminationBehavior: .gracefullyShutdownGroup),
                ], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            StopLimits.apply(to: &configuration)
            try await ServiceGroup(configuration: configuration).run()
        }
        let lines = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self).split(separator: "\n")
        let seconds = lines.filter { $0.hasPrefix("alive after") }
            .compactMap { $0.split(separator: " ").dropFirst(2).first.flatMap { Double($0) } }
        #expect(seconds.count >= 5, "\(lines.suffix(3))")
        let last = seconds.max() ?? 99
        #expect(last >= 4 && last < 7.5, "the last sign of life: \(last) s")
        print("row 53: a service that never returns lived \(last) s after the stop")
    }
}
