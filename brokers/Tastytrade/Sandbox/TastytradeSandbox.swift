import Foundation
import NIOConcurrencyHelpers
package import Sandbox

/// The venue's servers on loopback: REST, account streamer, DXLink, and a control desk (`ControlDesk`).
///
/// Candles, TimeAndSale, TheoPrice, Underlying and Series are not served; orders cannot be placed.
package final class TastytradeSandbox: Sendable {
    package let description: SandboxDescription
    private let servers: [LoopbackServer]
    private let streams: LiveStreams

    private init(description: SandboxDescription, servers: [LoopbackServer], streams: LiveStreams) {
        self.description = description
        self.servers = servers
        self.streams = streams
    }

    /// Starts over a market, which begins to step. `options.freeze` takes the book `S11` and its market figures; throws
    /// for another name, and when a socket or the certificate fails.
    package static func start(_ options: SandboxOptions, market: SimulatedMarket) async throws -> TastytradeSandbox {
        if let book = options.freeze, market.freeze(book: book) == nil { throw UnknownBook(name: book) }
        let model = market.snapshot
        let ledgers = options.freeze == nil ? DefaultBook.ledgers(model) : DefaultBook.s11(model) ?? []
        let catalogue = VenueCatalogue(model.instruments)
        let streams = LiveStreams(
            state: VenueState(ledgers: ledgers, catalogue: catalogue, seed: options.seed), market: market)
        let directory = options.certificateDirectory ?? NSTemporaryDirectory()
        let certificate = options.tls ? try SandboxCertificate.make(in: directory, now: Date()) : nil
        let rest = try await LoopbackServer.start(
            handlers: .init(request: { request in
                streams.state.withLockedValue {
                    $0.respond(to: VenueRequest(http: request, market: market.snapshot, now: Date()))
                }
            }), certificate: certificate)
        let accounts = try await streamServer(streams, certificate) { await streams.serveAccounts($0) }
        let quotes = try await streamServer(streams, certificate) { await streams.serveQuotes($0) }
        streams.state.withLockedValue { $0.dxlinkURL = quotes.webSocketURL + "/realtime" }
        let desk = ControlDesk(
            streams: streams, catalogue: catalogue, streamServers: [accounts, quotes], restServer: rest)
        let control = try await LoopbackServer.start(handlers: .init(request: { desk.respond(to: $0) }))
        let credentials = streams.state.withLockedValue { $0.credentials }
        market.startTicking()
        return TastytradeSandbox(
            description: SandboxDescription(
                broker: "tastytrade",
                urls: [
                    "api": rest.httpURL, "accountStreamer": accounts.webSocketURL,
                    "dxlink": quotes.webSocketURL + "/realtime", "control": control.httpURL + "/control",
                ],
                accounts: ledgers.map(\.number),
                credentials: [
                    "clientSecret": credentials.clientSecret, "refreshToken": credentials.refreshToken,
                ],
                caFile: certificate?.authorityFile),
            servers: [rest, accounts, quotes, control], streams: streams)
    }

    /// Ends every server and connection. The market goes on.
    package func stop() async {
        for server in servers { await server.stop() }
    }

    private static func streamServer(
        _ streams: LiveStreams, _ certificate: SandboxCertificate?,
        _ serve: @escaping LoopbackServer.SocketHandler
    ) async throws -> LoopbackServer {
        let handlers = LoopbackServer.Handlers(
            request: { _ in .html("<html><body>502 Bad Gateway</body></html>", status: 502) },
            acceptsUpgrade: { _ in !streams.state.withLockedValue { $0.faults.refuseUpgrade.takeOne() } },
            socket: serve)
        return try await LoopbackServer.start(handlers: handlers, certificate: certificate)
    }
}

/// A book that the sandbox does not have was asked for.
package struct UnknownBook: Error, Sendable {
    package var name: String
}
