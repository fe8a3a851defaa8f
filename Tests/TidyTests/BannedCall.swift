/// A call or a word that has no place in the code, and what to write instead.
struct BannedCall {
    enum Reach {
        case everywhere
        /// Product code: everything but tests.
        case product
        /// Product code that is no simulator and does not hand out the time.
        case service
    }

    var text: String
    var instead: String
    var reach: Reach = .everywhere
    /// A `// Safety:` line lets it stand.
    var yieldsToSafety = false
    /// Files whose purpose it is.
    var allowed: [String] = []

    static let table: [BannedCall] = [
        BannedCall(text: "try!", instead: "throw, or handle the error", yieldsToSafety: true),
        BannedCall(text: "as!", instead: "use as? and handle nil, or a generic type", yieldsToSafety: true),
        BannedCall(text: "fatalError(", instead: "throw an error that the caller can report", yieldsToSafety: true),
        BannedCall(
            text: "preconditionFailure(", instead: "throw an error that the caller can report", reach: .product,
            yieldsToSafety: true),
        BannedCall(text: "nonisolated(unsafe)", instead: "use NIOLockedValueBox or an actor", yieldsToSafety: true),
        BannedCall(text: "@unchecked Sendable", instead: "use NIOLockedValueBox or an actor", yieldsToSafety: true),
        BannedCall(text: "Mutex<", instead: "use NIOLockedValueBox, which ThreadSanitizer understands"),
        BannedCall(text: "Mutex(", instead: "use NIOLockedValueBox, which ThreadSanitizer understands"),
        BannedCall(text: "Decimal(string:", instead: "use FixedDecimal(_:), which refuses what it does not understand"),
        BannedCall(text: "strtod(", instead: "use FixedDecimal(_:) or Double(_:), which read the whole text"),
        BannedCall(
            text: "print(", instead: "use Console.output for data, a Logger or Console.message for the rest",
            reach: .product, allowed: ["Sources/Application/Support/Console.swift"]),
        BannedCall(text: "debugPrint(", instead: "use a Logger", reach: .product),
        BannedCall(text: "Task.sleep(", instead: "use ServiceClock.sleep(for:)", reach: .service),
        BannedCall(text: "Thread.sleep(", instead: "use a manual clock, or poll with a bound"),
        BannedCall(text: "usleep(", instead: "use a manual clock, or poll with a bound"),
        BannedCall(text: "Date()", instead: "use ServiceClock.now()", reach: .service),
        BannedCall(text: "Date.now", instead: "use ServiceClock.now()", reach: .service),
        BannedCall(text: "ContinuousClock()", instead: "use ServiceClock.uptime()", reach: .service),
        BannedCall(text: "ContinuousClock.now", instead: "use ServiceClock.uptime()", reach: .service),
        BannedCall(
            text: "SystemRandomNumberGenerator(", instead: "use a seeded generator that is passed in", reach: .service),
        BannedCall(text: "withKnownIssue", instead: "mend the code or the test"),
        BannedCall(text: ".disabled(", instead: "mend the code or the test"),
        BannedCall(text: "#expect(true)", instead: "expect something that can fail"),
    ]

    func applies(to path: String) -> Bool {
        if allowed.contains(path) { return false }
        let parts = path.split(separator: "/")
        let isTest = parts.first == "Tests" || (parts.first == "brokers" && parts.dropFirst(2).first == "Tests")
        switch reach {
        case .everywhere: return true
        case .product: return !isTest
        case .service:
            let isSimulator =
                path.hasPrefix("Sources/Sandbox/")
                || (parts.first == "brokers" && parts.dropFirst(2).first == "Sandbox")
                || parts.last?.hasPrefix("Sandbox") == true
            return !isTest && !isSimulator && parts.last != "SystemClock.swift"
        }
    }
}
