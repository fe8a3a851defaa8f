import NIOCore
import NIOHTTP1
import NIOWebSocket
import Synchronization

/// A stream's server side. The path says how it behaves, a text message that begins with `!` is an order.
final class StreamHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let head: HTTPRequestHead
    private let counts: LoopbackServer.Counts
    private var isMute: Bool { head.uri == "/stream/mute" }

    init(_ head: HTTPRequestHead, counts: LoopbackServer.Counts) {
        self.head = head
        self.counts = counts
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        if isMute { return }
        switch frame.opcode {
        case .text: obey(String(buffer: frame.unmaskedData), context)
        case .ping:
            if head.uri != "/stream/nopong" { send(context, .pong, frame.unmaskedData) }
        case .connectionClose:
            if frame.unmaskedData.getInteger(at: frame.unmaskedData.readerIndex, as: UInt16.self) == 1000 {
                counts.goodbyes.add(1, ordering: .relaxed)
            }
            if head.uri == "/stream/deafclose" { return }
            send(context, .connectionClose, frame.unmaskedData)
            context.close(promise: nil)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) { counts.lost.add(1, ordering: .relaxed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func obey(_ text: String, _ context: ChannelHandlerContext) {
        let words = text.split(separator: " ").map(String.init)
        let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
        switch words.first {
        case "!header":
            send(context, .text, ByteBuffer(string: head.headers.first(name: words[1]) ?? "none"))
        case "!fragments":
            for part in 0..<number {
                let data = ByteBuffer(string: "part \(part);")
                send(context, part == 0 ? .text : .continuation, data, fin: part == number - 1)
                if part == 1 { send(context, .ping, ByteBuffer(string: "between")) }
            }
        case "!size": send(context, .binary, ByteBuffer(repeating: 0x61, count: number))
        case "!endless":
            for part in 0..<number {
                send(context, part == 0 ? .text : .continuation, ByteBuffer(repeating: 0x61, count: 1000), fin: false)
            }
        case "!burst":
            let padding = String(repeating: " ", count: words.count > 2 ? Int(words[2]) ?? 0 : 0)
            for index in 0..<number {
                let frame = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "\(index)\(padding)"))
                context.write(wrapOutboundOut(frame), promise: nil)
            }
            context.flush()
        case "!feed": feed(context)
        case "!close":
            var data = ByteBuffer()
            if number > 0 { data.writeInteger(UInt16(number)) }
            send(context, .connectionClose, data)
        case "!drop": context.close(promise: nil)
        case "!badtext": send(context, .text, ByteBuffer(bytes: [0x61, 0xc3, 0x28]))
        default: send(context, .text, ByteBuffer(string: text))
        }
    }

    /// A message every 200 ms, for ever.
    private func feed(_ context: ChannelHandlerContext) {
        let channel = context.channel
        context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(200)) { task in
            guard channel.isActive else { return task.cancel() }
            let frame = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "tick"))
            channel.writeAndFlush(frame, promise: nil)
        }
    }

    private func send(
        _ context: ChannelHandlerContext, _ opcode: WebSocketOpcode, _ data: ByteBuffer, fin: Bool = true
    ) {
        context.writeAndFlush(wrapOutboundOut(WebSocketFrame(fin: fin, opcode: opcode, data: data)), promise: nil)
    }
}
