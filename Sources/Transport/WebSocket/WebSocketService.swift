import BrokerKit
import CLibWebSockets

/// Owns the sockets of one libwebsockets context and runs on its thread. Callbacks enter in `WebSocketService+Events`.
///
/// libwebsockets is given numbers, never objects: a late or unexpected callback finds nothing instead of freed memory,
/// and a failed connect, after which any number of callbacks may have come, leaves nothing to be released.
actor WebSocketService {
    /// How long our goodbye may take before the socket is cut.
    static let closeTimeoutMicroseconds: lws_usec_t = 1_500_000
    static let stopped = TransportError(.interrupted, "the streams were shut down")
    private static let neverBegun = TransportError(
        .connectFailed, "libwebsockets could not be set up; check the file of authorities, if one is given")

    nonisolated let loop: ServiceLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    let settings: ServiceContext.Settings
    private let connectTimeoutMicroseconds: lws_usec_t
    private var context: ServiceContext?
    private var hasEnded = false
    var sockets: [UInt: Socket] = [:]
    /// Readers to wake when this turn of the loop is over.
    var readersToWake: [Mailbox] = []

    init(_ settings: ServiceContext.Settings, connectTimeout: Duration) {
        self.settings = settings
        connectTimeoutMicroseconds = lws_usec_t(connectTimeout.atLeastOneMillisecond) * 1000
        loop = ServiceLoop()
        loop.start(self)
    }

    /// Makes the context and returns it as bits for the loop; 0 when libwebsockets refuses, and every `open` then
    /// throws.
    func begin() -> UInt {
        context = ServiceContext(settings, user: Unmanaged.passUnretained(self).toOpaque())
        return UInt(bitPattern: context?.raw)
    }

    /// Destroys the context, which calls back for every socket, then releases whatever that left over.
    func end() {
        let ending = context
        context = nil
        hasEnded = true
        for socket in sockets.values { socket.finish(.failed(Self.stopped)) }
        ending?.destroy()
        for number in Array(sockets.keys) { release(number) }
        endTurn()
    }

    func endTurn() {
        for mailbox in readersToWake { mailbox.wakeReader() }
        readersToWake.removeAll(keepingCapacity: true)
    }

    /// Opens a stream under `number`; returns when the handshake is done. Throws `TransportError`.
    func open(_ number: UInt, _ target: WebSocketTarget, _ mailbox: Mailbox) async throws {
        try await withCheckedThrowingContinuation { (reply: CheckedContinuation<Void, any Error>) in
            guard !Task.isCancelled else {
                return reply.resume(throwing: TransportError(.interrupted, "the calling task was cancelled"))
            }
            guard let context else { return reply.resume(throwing: hasEnded ? Self.stopped : Self.neverBegun) }
            let socket = Socket(target, mailbox: mailbox, reply: reply)
            sockets[number] = socket
            let wsi = Self.connect(context, target.endpoint, number)
            guard sockets[number] != nil else { return }
            guard let wsi else {
                // No callback may have come at all: a name that does not resolve ends so.
                let text = "\(target.endpoint.host): the name was not resolved, or no connection could be begun"
                socket.finish(.failed(TransportError(.nameNotResolved, text)))
                release(number)
                return
            }
            socket.wsi = wsi
            if socket.isConnecting { lws_set_timer_usecs(wsi, connectTimeoutMicroseconds) }
        }
    }

    private static func connect(_ context: ServiceContext, _ endpoint: Endpoint, _ number: UInt) -> OpaquePointer? {
        var info = lws_client_connect_info()
        info.context = context.raw
        info.vhost = context.host
        info.port = Int32(endpoint.port)
        // Redirects would carry the headers to a host that nobody checked.
        let noRedirects = Int32(LCCSCF_HTTP_NO_FOLLOW_REDIRECT.rawValue)
        info.ssl_connection = noRedirects | (endpoint.isEncrypted ? Int32(LCCSCF_USE_SSL.rawValue) : 0)
        info.ietf_version_or_minus_one = -1
        info.retry_and_idle_policy = UnsafePointer(context.retry)
        info.local_protocol_name = UnsafePointer(context.protocolName)
        info.alpn = UnsafePointer(context.alpn)
        info.opaque_user_data = UnsafeMutableRawPointer(bitPattern: number)
        return endpoint.host.withCString { address in
            endpoint.authority.withCString { host in
                endpoint.target.withCString { path in
                    info.address = address
                    info.host = host
                    info.path = path
                    return lws_client_connect_via_info(&info)
                }
            }
        }
    }

    /// Nothing, on the thread of the streams.
    func turn() {}

    func send(_ number: UInt, _ text: String) throws {
        guard let socket = sockets[number], case .open = socket.phase, let wsi = socket.wsi else {
            throw TransportError(.closed, "the stream has ended; nothing can be sent")
        }
        try socket.sending.append(text)
        lws_callback_on_writable(wsi)
    }

    func resumeReading(_ number: UInt) {
        guard let socket = sockets[number], case .open = socket.phase, let wsi = socket.wsi else { return }
        lws_rx_flow_control(wsi, 1)
        lws_set_timer_usecs(wsi, -1)
        lws_validity_confirmed(wsi)
        // It may have filled again between the reader's decision and this.
        if socket.mailbox.isPaused { pauseReading(socket, wsi) }
    }

    /// While reading is paused pongs stay unread, which proves nothing against the peer: the timer keeps the stream.
    func pauseReading(_ socket: Socket, _ wsi: OpaquePointer) {
        lws_rx_flow_control(wsi, 0)
        lws_set_timer_usecs(wsi, lws_usec_t(settings.pingAfter) * 500_000)
    }

    /// Sends what is queued and then a close frame with 1000; returns when the socket is gone, in 2 s at the latest.
    func close(_ number: UInt) async {
        guard let socket = sockets[number] else { return }
        if case .open = socket.phase, let wsi = socket.wsi {
            socket.phase = .closing
            socket.mailbox.abandon()
            lws_rx_flow_control(wsi, 1)
            lws_callback_on_writable(wsi)
            lws_set_timer_usecs(wsi, Self.closeTimeoutMicroseconds)
        } else if case .ended = socket.phase, let wsi = socket.wsi {
            kill(wsi)
        }
        await withCheckedContinuation { socket.closers.append($0) }
    }

    /// Cuts a socket that nobody waits for any more, open or not.
    func abandon(_ number: UInt) {
        guard let socket = sockets[number] else { return }
        socket.finish(.failed(TransportError(.interrupted, "the calling task was cancelled")))
        guard let wsi = socket.wsi else { return }
        kill(wsi)
    }

    /// The socket dies in the next turn of the loop, never inside this call.
    func kill(_ wsi: OpaquePointer) { lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, clws_kill_soon) }

    func release(_ number: UInt) {
        guard let socket = sockets.removeValue(forKey: number) else { return }
        socket.wsi = nil
        let silence = socket.health.silence(at: .now)
        socket.finish(.lost(silence: silence, limit: .seconds(Int(settings.hangupAfter))))
        for closer in socket.closers { closer.resume() }
    }
}
