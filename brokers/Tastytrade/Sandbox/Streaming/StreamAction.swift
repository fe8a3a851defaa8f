/// What a streaming session wants done, in order.
enum StreamAction: Sendable, Equatable {
    case send(String)
    case close(code: UInt16)
}
