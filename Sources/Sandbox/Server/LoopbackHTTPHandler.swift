import NIOCore
import NIOHTTP1

/// Gathers one request, asks the handler, writes the answer; the pipeline's assistance keeps requests in order.
final class LoopbackHTTPHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let handler: LoopbackServer.RequestHandler
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isTooLarge = false

    init(handler: @escaping LoopbackServer.RequestHandler) {
        self.handler = handler
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let received):
            head = received
            body = []
            isTooLarge = false
        case .body(let part):
            if body.count + part.readableBytes > LoopbackServer.maxBodyBytes {
                isTooLarge = true
            } else {
                body.append(contentsOf: part.readableBytesView)
            }
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let request = SandboxRequest(
            method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) },
            body: body)
        let reply = LoopbackReply(channel: context.channel, keepAlive: head.isKeepAlive && !isTooLarge)
        if isTooLarge {
            reply.write(SandboxResponse(status: 413))
        } else {
            reply.start(request, handler: handler)
        }
    }
}

/// Where one request's answer goes.
private struct LoopbackReply: Sendable {
    let channel: any Channel
    let keepAlive: Bool

    func start(_ request: SandboxRequest, handler: @escaping LoopbackServer.RequestHandler) {
        Task {
            let response = await handler(request)
            write(response)
        }
    }

    func write(_ response: SandboxResponse) {
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: String(response.body.count))
        headers.replaceOrAdd(name: "Connection", value: keepAlive ? "keep-alive" : "close")
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if !response.body.isEmpty {
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.body))), promise: nil)
        }
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { _ in
            if !keepAlive { channel.close(promise: nil) }
        }
    }
}
