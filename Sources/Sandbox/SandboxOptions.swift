package import struct Foundation.TimeInterval

/// What a sandbox is started with; the same for every broker's.
package struct SandboxOptions: Sendable {
    /// Seeds the market and everything a sandbox draws at random.
    package var seed: UInt64
    /// Serve TLS with a certificate made at start; the authority is written into `certificateDirectory`.
    package var tls: Bool
    package var certificateDirectory: String?
    /// The name of a fixed book to stand still at, `S11`, or nil for a moving market.
    package var freeze: String?
    package var session: MarketSession
    /// Seconds between two steps of the market.
    package var tickInterval: TimeInterval

    package init(
        seed: UInt64 = 1, tls: Bool = false, certificateDirectory: String? = nil, freeze: String? = nil,
        session: MarketSession = .alwaysOpen, tickInterval: TimeInterval = 0.25
    ) {
        self.seed = seed
        self.tls = tls
        self.certificateDirectory = certificateDirectory
        self.freeze = freeze
        self.session = session
        self.tickInterval = tickInterval
    }
}
