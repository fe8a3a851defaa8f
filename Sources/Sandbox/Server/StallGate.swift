import NIOConcurrencyHelpers
import NIOCore

/// The first handler of a connection: once stalled it reads and writes nothing, and keeps the connection open.
final class StallGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let isStalled: NIOLockedValueBox<Bool>

    init(isStalled: NIOLockedValueBox<Bool>) {
        self.isStalled = isStalled
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isStalled.withLockedValue({ $0 }) { return }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if isStalled.withLockedValue({ $0 }) { return }
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isStalled.withLockedValue({ $0 }) {
            promise?.succeed()
            return
        }
        context.write(data, promise: promise)
    }
}
