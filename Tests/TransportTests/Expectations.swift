import BrokerKit
import Testing

/// Runs what must fail and returns its error, within a bound of wall time.
func failure<Result>(
    within limit: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Result
) async -> TransportError? {
    let start = ContinuousClock.now
    do {
        _ = try await body()
        Issue.record("no error came", sourceLocation: sourceLocation)
        return nil
    } catch {
        let taken = ContinuousClock.now - start
        #expect(taken < limit, "it took \(taken)", sourceLocation: sourceLocation)
        #expect(error is TransportError, "\(error)", sourceLocation: sourceLocation)
        return error as? TransportError
    }
}

/// Polls until a condition holds, for ten seconds at most.
func eventually(_ condition: () async -> Bool) async -> Bool {
    for _ in 0..<1000 {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return await condition()
}
