import BrokerKit
import CCurl

extension CurlTransfer {
    func set(_ option: CURLoption, _ value: Int) { _ = ccurl_set_long(easy, option, value) }
    func set(_ option: CURLoption, _ value: String) { _ = ccurl_set_string(easy, option, value) }

    func applyBounds(_ limits: HTTPLimits) {
        set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.atLeastOneMillisecond)
        set(CURLOPT_TIMEOUT_MS, limits.totalTimeout.atLeastOneMillisecond)
        set(CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeedBytes)
        set(CURLOPT_LOW_SPEED_TIME, limits.lowSpeedTime.atLeastOneSecond)
        // Knows the announced length only; the collector counts what really comes.
        _ = ccurl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.maximumBodyBytes))
    }

    func applySecurity(_ options: CurlHTTPClient.Options) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // An empty name switches off the proxy variables of the environment: bytes go to the checked host only.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_TCP_KEEPALIVE, 1)
        if let caFile = options.caFile {
            set(CURLOPT_CAINFO, caFile)
            // Otherwise the system's directory of authorities would be trusted as well.
            _ = ccurl_set_pointer(easy, CURLOPT_CAPATH, nil)
        }
        if let path = options.unixSocketPath { set(CURLOPT_UNIX_SOCKET_PATH, path) }
    }
}
