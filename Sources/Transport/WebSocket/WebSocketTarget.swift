import BrokerKit

/// A stream request that passed every check.
struct WebSocketTarget: Sendable {
    private static let largestMessage = 1 << 30

    var endpoint: Endpoint
    var headers: [(name: String, value: String)]
    var maximumMessageBytes: Int
    var bounds: MailboxState.Bounds

    /// Throws `.refusedByPolicy` or `.invalidRequest`; nothing has left the machine by then.
    init(_ request: WebSocketRequest, policy: EndpointPolicy) throws(TransportError) {
        endpoint = try Endpoint.checked(request.url, schemes: ["ws", "wss"], policy: policy)
        headers = try HeaderRules.check(request.headers)
        guard request.maximumMessageBytes > 0, request.maximumQueuedMessages > 0,
            (0..<request.maximumQueuedMessages).contains(request.resumeAtQueuedMessages)
        else {
            throw TransportError(
                .invalidRequest, "message and queue limits must be positive, and reading resume below the queue's limit"
            )
        }
        maximumMessageBytes = min(request.maximumMessageBytes, Self.largestMessage)
        bounds = MailboxState.Bounds(
            highMessages: request.maximumQueuedMessages, highBytes: 4 * maximumMessageBytes,
            lowMessages: request.resumeAtQueuedMessages, lowBytes: maximumMessageBytes)
    }
}
