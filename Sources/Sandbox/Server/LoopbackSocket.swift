import NIOCore
import NIOWebSocket

/// The server's side of one WebSocket: text frames in and out.
package struct LoopbackSocket: Sendable {
    /// Text messages of the client, at most 4096 waiting; a client that sends faster is closed with 1008.
    package let messages: AsyncStream<String>
    /// The path and query of the upgrade request.
    package let path: String
    private let channel: any Channel

    init(channel: any Channel, path: String, messages: AsyncStream<String>) {
        self.channel = channel
        self.path = path
        self.messages = messages
    }

    package var isOpen: Bool { channel.isActive }

    package func send(_ text: String) {
        let frame = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
        channel.writeAndFlush(frame, promise: nil)
    }

    package func close(code: UInt16) {
        var payload = ByteBuffer()
        payload.writeInteger(code)
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: payload)
        let channel = self.channel
        channel.writeAndFlush(frame).whenComplete { _ in channel.close(promise: nil) }
    }

    static func install(
        on channel: any Channel, path: String, handler: @escaping LoopbackServer.SocketHandler
    ) throws {
        let (messages, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(4096))
        let sync = channel.pipeline.syncOperations
        try sync.addHandler(
            NIOWebSocketFrameAggregator(
                minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024,
                maxAccumulatedFrameSize: LoopbackServer.maxFrameBytes))
        try sync.addHandler(LoopbackSocketHandler(messages: continuation))
        let socket = LoopbackSocket(channel: channel, path: path, messages: messages)
        Task {
            await handler(socket)
            if channel.isActive { socket.close(code: 1000) }
        }
    }
}

/// Feeds a socket's text messages into its stream and answers pings and closes.
final class LoopbackSocketHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let messages: AsyncStream<String>.Continuation

    init(messages: AsyncStream<String>.Continuation) {
        self.messages = messages
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text:
            let text = String(decoding: frame.unmaskedData.readableBytesView, as: UTF8.self)
            if case .dropped = messages.yield(text) { close(context, code: 1008) }
        case .ping:
            let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
        case .connectionClose:
            close(context, code: 1000)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        messages.finish()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(context, code: 1009)
    }

    private func close(_ context: ChannelHandlerContext, code: UInt16) {
        messages.finish()
        var payload = ByteBuffer()
        payload.writeInteger(code)
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: payload)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(frame)).whenComplete { _ in channel.close(promise: nil) }
    }
}
