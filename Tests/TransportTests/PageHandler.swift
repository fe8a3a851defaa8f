import NIOCore
import NIOHTTP1
import Synchronization

/// Answers by path: what a broker's server may do, well or badly.
final class PageHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let counts: LoopbackServer.Counts
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(counts: LoopbackServer.Counts) { self.counts = counts }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer): body += Array(buffer.readableBytesView)
        case .end:
            guard let head else { return }
            counts.requests.add(1, ordering: .relaxed)
            answer(head, context)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        switch head.uri {
        case "/never": break
        case "/drip": drip(context)
        case "/drop": context.close(promise: nil)
        case "/redirect": respond(context, .found, [("location", "/elsewhere")], [])
        case "/bomb": respond(context, .ok, [("content-encoding", "gzip")], Gzip.zeros(matches: 260_000))
        case "/gzip": respond(context, .ok, [("content-encoding", "gzip")], Gzip.zeros(matches: 10))
        case "/large": respond(context, .ok, [], [UInt8](repeating: 0x61, count: 2 << 20))
        case "/manyfields": respond(context, .ok, (0..<300).map { ("x-\($0)", "v") }, [])
        case "/repeated": respond(context, .ok, [("X-Twice", "a"), ("X-Twice", " b ")], [])
        case "/moved": respond(context, .movedPermanently, [("location", "/stream/echo")], [])
        case "/forbidden": respond(context, .forbidden, [], Array("no".utf8))
        default:
            let names = head.headers.map { "\($0.name.lowercased())=\($0.value)" }.sorted().joined(separator: "\n")
            respond(context, .ok, [], Array("\(head.method.rawValue) \(head.uri)\n\(names)\n\n".utf8) + body)
        }
    }

    private func respond(
        _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ fields: [(String, String)], _ body: [UInt8]
    ) {
        var headers = HTTPHeaders(fields)
        headers.add(name: "content-length", value: "\(body.count)")
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// One byte every 100 ms, for ever.
    private func drip(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .ok))), promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(100)) { task in
            guard channel.isActive else { return task.cancel() }
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "."))), promise: nil)
        }
    }
}

/// Gzip of zeros, written bit by bit: one literal, then matches of 258 bytes at distance 1 (RFC 1951, fixed codes).
enum Gzip {
    static func zeros(matches: Int) -> [UInt8] {
        var bits = BitWriter(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
        bits.write(0b110, 3)  // last block; fixed codes, least significant bit first
        bits.write(0b0011_0000, 8)
        for _ in 0..<matches {
            bits.write(0b1100_0101, 8)
            bits.write(0, 5)
        }
        bits.write(0, 7)
        let size = 1 + 258 * matches
        var bytes = bits.finished()
        for word in [crcOfZeros(size), UInt32(truncatingIfNeeded: size)] {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
        }
        return bytes
    }

    private static func crcOfZeros(_ count: Int) -> UInt32 {
        let table = (0..<256).map { start -> UInt32 in
            (0..<8).reduce(UInt32(start)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0xedb8_8320 : crc >> 1 }
        }
        var crc = UInt32.max
        for _ in 0..<min(count, 1 << 20) { crc = (crc >> 8) ^ table[Int(crc & 0xff)] }
        return ~crc
    }

    struct BitWriter {
        var bytes: [UInt8]
        private var pending: UInt8 = 0
        private var filled = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// Writes `count` bits of a code, its first bit first.
        mutating func write(_ code: Int, _ count: Int) {
            for position in (0..<count).reversed() {
                pending |= UInt8(code >> position & 1) << filled
                filled += 1
                if filled == 8 {
                    bytes.append(pending)
                    pending = 0
                    filled = 0
                }
            }
        }

        func finished() -> [UInt8] { filled > 0 ? bytes + [pending] : bytes }
    }
}
