import ServiceLifecycle

/// How long a service may take to end once it is told to. One that ignores both limits is cut off with the process:
/// what it acknowledged is in the database, and nothing waits for it for ever.
enum StopLimits {
    static let graceful: Duration = .seconds(5)
    static let cancelled: Duration = .seconds(2)

    static func apply(to configuration: inout ServiceGroupConfiguration) {
        configuration.maximumGracefulShutdownDuration = graceful
        configuration.maximumCancellationDuration = cancelled
    }
}
