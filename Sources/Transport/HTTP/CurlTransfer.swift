import BrokerKit
import CCurl

/// One exchange under way: what libcurl writes into, and who waits for it. Lives on the loop thread only; the engine
/// holds it from `curl_multi_add_handle` to `curl_multi_remove_handle`, which is as long as libcurl calls back.
final class CurlTransfer {
    typealias Reply = CheckedContinuation<HTTPResponse, any Error>

    let easy: UnsafeMutableRawPointer
    let authority: String
    var collector: ResponseCollector
    private let reply: Reply
    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?

    /// `nil` when libcurl has no memory for a handle; the reply is then still to be answered.
    init?(_ request: OutgoingRequest, options: CurlHTTPClient.Options, reply: Reply) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.reply = reply
        authority = request.authority
        collector = ResponseCollector(maximumBodyBytes: request.limits.maximumBodyBytes)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        for line in request.headerLines { headerList = curl_slist_append(headerList, line) }
        applyBounds(request.limits)
        applySecurity(options)
        applyRequest(request)
        applyCallbacks()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    func succeedOrFail(_ code: CURLcode) {
        if let refusal = collector.refusal {
            reply.resume(throwing: TransportError(refusal.code, "\(authority): \(refusal.message)"))
        } else if code != CURLE_OK {
            let detail = String(cString: errorText)
            reply.resume(throwing: CurlFailure.error(code, detail: detail, authority: authority))
        } else {
            var status = 0
            _ = ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
            reply.resume(returning: HTTPResponse(status: status, headers: collector.headers, body: collector.body))
        }
    }

    func fail(_ error: TransportError) { reply.resume(throwing: error) }

    private func applyRequest(_ request: OutgoingRequest) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        set(CURLOPT_ACCEPT_ENCODING, "gzip")
        _ = ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headerList)
        // libcurl repeats a request by itself when a reused connection turns out dead. A POST must never go out twice.
        if request.method == .post { set(CURLOPT_FRESH_CONNECT, 1) }
        guard let body = request.bodyToSend else { return }
        _ = ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        body.withUnsafeBytes { bytes in
            // A null pointer would make libcurl ask a read callback for the body.
            let start = bytes.baseAddress ?? UnsafeRawPointer(errorText)
            _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
        }
    }

    private func applyCallbacks() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        _ = ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        _ = ccurl_set_pointer(easy, CURLOPT_WRITEDATA, me)
        _ = ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION, receiveHeader)
        _ = ccurl_set_pointer(easy, CURLOPT_HEADERDATA, me)
    }
}

/// Any count but the one given ends the transfer.
private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let user else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
    let verdict = transfer.collector.append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return verdict == .more ? size * count : 0
}

private func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let user else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
    let verdict = transfer.collector.appendHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return verdict == .more ? size * count : 0
}
