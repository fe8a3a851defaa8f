import CLibWebSockets
import Foundation
import NIOConcurrencyHelpers

/// One libwebsockets context and the C memory that must outlive it. Made, used and destroyed on the service thread.
final class ServiceContext {
    struct Settings: Sendable {
        var caFile: String?
        /// Seconds, as libwebsockets counts them.
        var pingAfter: UInt16
        var hangupAfter: UInt16
        var connectTimeout: UInt32
    }

    /// Setting up and tearing down write to globals of the library; several brokers may do so at once.
    private static let setUp = NIOLock()

    /// The library's own set-up, done once by a context that is thrown away. Each context that asks for it moves a
    /// global index by which certificate checks find their connection: handshakes under way in other contexts then
    /// fail. So the real contexts do not ask; only their virtual hosts do, which does not touch the index.
    private static let library: Void = {
        lws_set_log_level(0) { _, _ in }
        var info = lws_context_creation_info()
        info.port = CONTEXT_PORT_NO_LISTEN
        info.gid = -1
        info.uid = -1
        info.options = clws_option_tls
        info.fd_limit_per_thread = 8
        if let context = lws_create_context(&info) { lws_context_destroy(context) }
    }()

    let raw: OpaquePointer
    /// What every connection belongs to: authorities, timeouts, the protocol.
    let host: OpaquePointer
    let protocolName: UnsafeMutablePointer<CChar>
    let alpn: UnsafeMutablePointer<CChar>
    let retry: UnsafeMutablePointer<lws_retry_bo_t>
    private let protocols: UnsafeMutablePointer<lws_protocols>
    private let caFile: UnsafeMutablePointer<CChar>?
    private let noProxy: UnsafeMutablePointer<CChar>

    /// `user` is what callbacks find in the context. `nil` when libwebsockets refuses.
    init?(_ settings: Settings, user: UnsafeMutableRawPointer) {
        guard let name = strdup("stream"), let alpn = strdup("http/1.1"), let noProxy = strdup("") else { return nil }
        _ = Self.library
        let caFile = settings.caFile.flatMap { strdup($0) }
        let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
        protocols.initialize(repeating: lws_protocols(), count: 2)  // the second one ends the list
        protocols[0].name = UnsafePointer(name)
        protocols[0].callback = serviceCallback
        protocols[0].rx_buffer_size = 16 << 10
        let retry = UnsafeMutablePointer<lws_retry_bo_t>.allocate(capacity: 1)
        retry.initialize(to: lws_retry_bo_t())
        retry.pointee.secs_since_valid_ping = settings.pingAfter
        retry.pointee.secs_since_valid_hangup = settings.hangupAfter

        var info = lws_context_creation_info()
        info.port = CONTEXT_PORT_NO_LISTEN
        info.protocols = UnsafePointer(protocols)
        info.gid = -1
        info.uid = -1
        info.options = clws_option_explicit_hosts
        info.ssl_client_options_set = clws_no_obsolete_tls
        info.client_ssl_ca_filepath = UnsafePointer(caFile)
        info.http_proxy_address = UnsafePointer(noProxy)  // else the environment's `http_proxy` would be obeyed
        info.timeout_secs = settings.connectTimeout
        info.connect_timeout_secs = settings.connectTimeout
        info.retry_and_idle_policy = UnsafePointer(retry)
        info.fd_limit_per_thread = 64
        info.max_http_header_data2 = 32 << 10
        info.pt_serv_buf_size = 128 << 10  // bounds the handshake that we send, and one read
        info.user = user
        let (context, host) = Self.setUp.withLock { () -> (UInt, UInt) in
            guard let context = lws_create_context(&info) else { return (0, 0) }
            info.options = clws_option_tls | (caFile == nil ? 0 : clws_option_no_system_authorities)
            guard let host = lws_create_vhost(context, &info) else {
                lws_context_destroy(context)
                return (0, 0)
            }
            return (UInt(bitPattern: context), UInt(bitPattern: host))
        }

        self.protocolName = name
        self.alpn = alpn
        self.noProxy = noProxy
        self.caFile = caFile
        self.protocols = protocols
        self.retry = retry
        guard let raw = OpaquePointer(bitPattern: context), let host = OpaquePointer(bitPattern: host) else {
            return nil
        }
        self.raw = raw
        self.host = host
    }

    /// Ends every connection, with the callbacks that belong to it.
    func destroy() {
        let bits = UInt(bitPattern: raw)
        Self.setUp.withLock { lws_context_destroy(OpaquePointer(bitPattern: bits)) }
    }

    deinit {
        free(protocolName)
        free(alpn)
        free(noProxy)
        free(caFile)
        protocols.deallocate()
        retry.deallocate()
    }
}
