import BrokerKit
import CLibWebSockets
import Foundation

/// Every callback of libwebsockets. A result other than 0 makes it close the connection.
func serviceCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _: UnsafeMutableRawPointer?,
    _ data: UnsafeMutableRawPointer?, _ count: Int
) -> Int32 {
    guard let wsi, let tag = lws_get_opaque_user_data(wsi), let user = lws_context_user(lws_get_context(wsi)) else {
        return 0
    }
    let number = UInt(bitPattern: tag)
    let service = Unmanaged<WebSocketService>.fromOpaque(user).takeUnretainedValue()
    // Safety: the pointers do not outlive this call, which is on the service's own thread.
    nonisolated(unsafe) let event = SocketEvent(wsi: wsi, reason: reason, data: data, count: count)
    return service.assumeIsolated { $0.handle(number, event) }
}

/// What libwebsockets passes to a callback; valid during the callback only.
struct SocketEvent {
    var wsi: OpaquePointer
    var reason: lws_callback_reasons
    var data: UnsafeMutableRawPointer?
    var count: Int

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : count) }
}

extension WebSocketService {
    private static let goOn: Int32 = 0
    private static let hangUp: Int32 = -1

    func handle(_ number: UInt, _ event: SocketEvent) -> Int32 {
        guard let socket = sockets[number] else { return Self.goOn }
        switch event.reason {
        case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: return appendHeaders(socket, event)
        case LWS_CALLBACK_CLIENT_HTTP_REDIRECT:
            socket.upgradeStatus = event.count
            return Self.hangUp
        case LWS_CALLBACK_CLIENT_ESTABLISHED: return established(socket, event)
        case LWS_CALLBACK_CLIENT_CONNECTION_ERROR: connectionFailed(socket, event)
        case LWS_CALLBACK_CLIENT_RECEIVE: return received(socket, event)
        case LWS_CALLBACK_CLIENT_RECEIVE_PONG: _ = socket.health.heard(at: .now)
        case LWS_CALLBACK_CLIENT_WRITEABLE: return writable(socket, event)
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
            let code = event.count >= 2 ? UInt16(event.bytes[0]) << 8 | UInt16(event.bytes[1]) : nil
            socket.finish(.closedByPeer(code: code))
        case LWS_CALLBACK_CLIENT_CLOSED: lost(socket)
        case LWS_CALLBACK_TIMER: timerFired(socket, event)
        case LWS_CALLBACK_WSI_DESTROY: release(number)
        default: break
        }
        return Self.goOn
    }

    /// libwebsockets passes where to write and how much room there is, and takes back where we stopped.
    private func appendHeaders(_ socket: Socket, _ event: SocketEvent) -> Int32 {
        guard let cursor = event.data?.assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self) else {
            return Self.hangUp
        }
        var lines = ""
        for header in socket.headers { lines += "\(header.name): \(header.value)\r\n" }
        let bytes = Array(lines.utf8)
        guard let start = cursor.pointee, bytes.count < event.count else {
            socket.finish(.failed(TransportError(.invalidRequest, "the headers are too long for a stream's handshake")))
            return Self.hangUp
        }
        start.update(from: bytes, count: bytes.count)
        cursor.pointee = start + bytes.count
        return Self.goOn
    }

    private func established(_ socket: Socket, _ event: SocketEvent) -> Int32 {
        guard case .connecting(let reply) = socket.phase else { return Self.hangUp }
        socket.wsi = event.wsi
        socket.phase = .open
        socket.health = SocketHealth(now: .now)
        lws_set_timer_usecs(event.wsi, -1)
        reply.resume()
        return Self.goOn
    }

    private func connectionFailed(_ socket: Socket, _ event: SocketEvent) {
        let status = socket.upgradeStatus ?? Int(lws_http_client_http_response(event.wsi))
        let text = String(decoding: event.bytes, as: UTF8.self)
        let error = ConnectFailure.error(text, status: status, authority: socket.authority)
        socket.finish(.failed(error))
    }

    private func received(_ socket: Socket, _ event: SocketEvent) -> Int32 {
        guard case .open = socket.phase else { return Self.goOn }
        if socket.health.heard(at: .now) { lws_validity_confirmed(event.wsi) }
        let remaining = lws_remaining_packet_payload(event.wsi)
        let piece = MessageAssembler.Piece(
            isFirst: lws_is_first_fragment(event.wsi) != 0,
            isLast: lws_is_final_fragment(event.wsi) != 0 && remaining == 0,
            isBinary: lws_frame_is_binary(event.wsi) != 0, remaining: remaining)
        switch socket.assembler.append(event.bytes, piece) {
        case .incomplete: break
        case .complete(let message):
            let pushed = socket.mailbox.push(message)
            if pushed.wakesReader, readersToWake.last !== socket.mailbox { readersToWake.append(socket.mailbox) }
            if pushed.pausesReading { pauseReading(socket, event.wsi) }
        case .refused(let error):
            socket.finish(.failed(error))
            // Without a close reason: with one, libwebsockets 4.1.6 spins for ever while TLS holds decrypted bytes.
            return Self.hangUp
        }
        return Self.goOn
    }

    private func writable(_ socket: Socket, _ event: SocketEvent) -> Int32 {
        if var message = socket.sending.popFirst() {
            let headroom = Int(clws_pre)
            let size = message.count - headroom
            let written = message.withUnsafeMutableBytes { buffer -> Int32 in
                guard let start = buffer.baseAddress else { return -1 }
                // Masks in place, and keeps what the socket does not take.
                return lws_write(event.wsi, start.advanced(by: headroom), size, LWS_WRITE_TEXT)
            }
            guard written >= Int32(size) else { return Self.hangUp }
            if !socket.sending.isEmpty || isClosing(socket) { lws_callback_on_writable(event.wsi) }
            return Self.goOn
        }
        // Once: a second refusal would cut the socket, and what the peer has not read yet would be lost.
        guard isClosing(socket), !socket.saidGoodbye else { return Self.goOn }
        socket.saidGoodbye = true
        lws_close_reason(event.wsi, LWS_CLOSE_STATUS_NORMAL, nil, 0)
        return Self.hangUp
    }

    private func isClosing(_ socket: Socket) -> Bool {
        if case .closing = socket.phase { true } else { false }
    }

    private func lost(_ socket: Socket) {
        let silence = socket.health.silence(at: .now)
        socket.finish(.lost(silence: silence, limit: .seconds(Int(settings.hangupAfter))))
    }

    private func timerFired(_ socket: Socket, _ event: SocketEvent) {
        switch socket.phase {
        case .connecting:
            socket.finish(.failed(TransportError(.timedOut, "\(socket.authority): no stream within the time allowed")))
            kill(event.wsi)
        case .open:
            guard socket.mailbox.isPaused else { return }
            _ = socket.health.heard(at: .now)
            lws_validity_confirmed(event.wsi)
            lws_set_timer_usecs(event.wsi, lws_usec_t(settings.pingAfter) * 500_000)
        case .closing, .ended:
            kill(event.wsi)
        }
    }
}
