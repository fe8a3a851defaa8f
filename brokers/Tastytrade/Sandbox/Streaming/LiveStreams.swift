import Foundation
import NIOConcurrencyHelpers
import Sandbox

/// The open connections of the account streamer and of DXLink, and the venue's state, each behind its own lock.
final class LiveStreams: Sendable {
    struct AccountStream: Sendable {
        let socket: LoopbackSocket
        let session: NIOLockedValueBox<AccountStreamSession>
    }

    struct QuoteStream: Sendable {
        let socket: LoopbackSocket
        let session: NIOLockedValueBox<DXLinkSession>
    }

    private struct Open {
        var lastID = 0
        var accounts: [Int: AccountStream] = [:]
        var quotes: [Int: QuoteStream] = [:]
    }

    let state: NIOLockedValueBox<VenueState>
    let market: SimulatedMarket
    private let catalogue: VenueCatalogue
    private let open = NIOLockedValueBox(Open())

    init(state: VenueState, market: SimulatedMarket) {
        catalogue = state.catalogue
        self.state = NIOLockedValueBox(state)
        self.market = market
    }

    /// Serves one DXLink socket until it ends.
    func serveQuotes(_ socket: LoopbackSocket) async {
        let id = open.withLockedValue { open in
            open.lastID += 1
            return open.lastID
        }
        let stream = QuoteStream(socket: socket, session: NIOLockedValueBox(DXLinkSession(now: Date())))
        open.withLockedValue { $0.quotes[id] = stream }
        state.withLockedValue { $0.stats.dxlinkConnections += 1 }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await text in socket.messages { self.receive(text, on: stream, id: id) }
            }
            group.addTask {
                while !Task.isCancelled, socket.isOpen {
                    self.tick(stream)
                    try? await Task.sleep(for: .milliseconds(25))
                }
            }
            await group.next()
            group.cancelAll()
        }
        open.withLockedValue { _ = $0.quotes.removeValue(forKey: id) }
        state.withLockedValue { _ = $0.stats.subscriptions.removeValue(forKey: id) }
    }

    /// Serves one account streamer socket until it ends.
    func serveAccounts(_ socket: LoopbackSocket) async {
        let id = open.withLockedValue { open in
            open.lastID += 1
            return open.lastID
        }
        let stream = AccountStream(
            socket: socket, session: NIOLockedValueBox(AccountStreamSession(id: id, now: Date())))
        open.withLockedValue { $0.accounts[id] = stream }
        state.withLockedValue { $0.stats.streamerConnections += 1 }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await text in socket.messages {
                    let state = self.state.withLockedValue { $0 }
                    let before = stream.session.withLockedValue { $0.heartbeats }
                    self.perform(on: socket, in: stream.session) { $0.receive(text, now: Date(), state: state) }
                    let after = stream.session.withLockedValue { $0.heartbeats }
                    self.state.withLockedValue { $0.stats.heartbeats += after - before }
                }
            }
            group.addTask {
                while !Task.isCancelled, socket.isOpen {
                    let faults = self.state.withLockedValue { $0.faults }
                    self.perform(on: socket, in: stream.session) { $0.tick(now: Date(), faults: faults) }
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            await group.next()
            group.cancelAll()
        }
        open.withLockedValue { _ = $0.accounts.removeValue(forKey: id) }
    }

    /// Sends a notification to the streams that are connected for an account.
    func notify(_ account: String, _ text: String) {
        for stream in open.withLockedValue({ Array($0.accounts.values) })
        where stream.session.withLockedValue({ $0.accounts.contains(account) }) {
            stream.socket.send(text)
        }
    }

    /// Changes every DXLink session and does what that asks for.
    func onQuotes(_ body: (inout DXLinkSession) -> [StreamAction]) {
        for stream in open.withLockedValue({ Array($0.quotes.values) }) {
            perform(on: stream.socket, in: stream.session, body)
        }
    }

    /// Sends one text on every socket of both kinds.
    func sendEverywhere(_ text: String) {
        let sockets = open.withLockedValue { $0.quotes.values.map(\.socket) + $0.accounts.values.map(\.socket) }
        for socket in sockets { socket.send(text) }
    }

    private func receive(_ text: String, on stream: QuoteStream, id: Int) {
        let (credentials, faults) = state.withLockedValue { ($0.credentials, $0.faults) }
        let before = stream.session.withLockedValue { $0.keepalives }
        perform(on: stream.socket, in: stream.session) {
            $0.receive(text, now: Date(), credentials: credentials, faults: faults, catalogue: self.catalogue)
        }
        let (after, count) = stream.session.withLockedValue { ($0.keepalives, $0.subscriptionCount) }
        state.withLockedValue {
            $0.stats.clientKeepalives += after - before
            $0.stats.subscriptions[id] = count
        }
    }

    private func tick(_ stream: QuoteStream) {
        let faults = state.withLockedValue { $0.faults }
        perform(on: stream.socket, in: stream.session) {
            $0.tick(now: Date(), market: market, catalogue: catalogue, faults: faults)
        }
    }

    /// Decides and sends under the session's lock, so that frames leave in the order they were decided.
    private func perform<Session>(
        on socket: LoopbackSocket, in session: NIOLockedValueBox<Session>,
        _ body: (inout Session) -> [StreamAction]
    ) {
        session.withLockedValue { value in
            for action in body(&value) {
                switch action {
                case .send(let text): socket.send(text)
                case .close(let code): socket.close(code: code)
                }
            }
        }
    }
}
