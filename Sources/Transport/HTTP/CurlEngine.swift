import BrokerKit
import CCurl

/// The multi handle with its transfers. Only ever a local value of the loop thread.
final class CurlEngine {
    private let multi: UnsafeMutableRawPointer
    private let options: CurlHTTPClient.Options
    private var transfers: [UInt64: CurlTransfer] = [:]
    private var numbers: [UnsafeMutableRawPointer: UInt64] = [:]

    init(multi: UnsafeMutableRawPointer, options: CurlHTTPClient.Options) {
        self.multi = multi
        self.options = options
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.maximumConnectionsPerHost)
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, options.maximumConnections)
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, options.maximumConnections)
        _ = ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    }

    func start(_ number: UInt64, _ request: OutgoingRequest, _ reply: CurlTransfer.Reply) {
        guard let transfer = CurlTransfer(request, options: options, reply: reply) else {
            reply.resume(throwing: TransportError(.interrupted, "no memory for another request"))
            return
        }
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            transfer.fail(TransportError(.interrupted, "the request could not be started"))
            return
        }
        transfers[number] = transfer
        numbers[transfer.easy] = number
    }

    func cancel(_ number: UInt64, _ reason: TransportError) { take(number)?.fail(reason) }

    func cancelAll(_ reason: TransportError) {
        for number in Array(transfers.keys) { cancel(number, reason) }
    }

    /// Moves bytes, answers what is finished, then waits for the next event or a wake-up.
    func turn() {
        var running: Int32 = 0
        _ = curl_multi_perform(multi, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = ccurl_message_result(message)  // the message does not outlive the handle's removal
            guard let number = numbers[easy] else { continue }
            take(number)?.succeedOrFail(code)
        }
        _ = curl_multi_poll(multi, nil, 0, 1000, nil)
    }

    private func take(_ number: UInt64) -> CurlTransfer? {
        guard let transfer = transfers.removeValue(forKey: number) else { return nil }
        numbers[transfer.easy] = nil
        _ = curl_multi_remove_handle(multi, transfer.easy)
        return transfer
    }
}
