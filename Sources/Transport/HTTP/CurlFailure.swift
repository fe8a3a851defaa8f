import BrokerKit
import CCurl

/// Turns what libcurl reports into the port's words.
enum CurlFailure {
    /// `detail` is libcurl's own text, which holds host names but neither headers nor a query.
    static func error(_ code: CURLcode, detail: String, authority: String) -> TransportError {
        let text = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        return TransportError(kind(code, detail: detail), "\(authority): \(text)")
    }

    private static func kind(_ code: CURLcode, detail: String) -> TransportError.Code {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .nameNotResolved
        case CURLE_COULDNT_CONNECT: .connectFailed
        // One code for three limits; only the text tells a slow transfer from a late one.
        case CURLE_OPERATION_TIMEDOUT: detail.contains("too slow") ? .tooSlow : .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
            .tlsFailed
        case CURLE_FILESIZE_EXCEEDED: .bodyTooLarge
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN, CURLE_BAD_FUNCTION_ARGUMENT:
            .invalidRequest
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: .closed
        default: .protocolViolation
        }
    }
}
