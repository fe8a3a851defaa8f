import BrokerKit

/// Gathers one response within its bounds. Bytes counted here are decoded ones, which is what stops a gzip bomb.
struct ResponseCollector {
    static let maximumHeaderBytes = 64 << 10
    static let maximumHeaderFields = 200

    enum Verdict { case more, refused }

    private let maximumBodyBytes: Int
    private var headerBytes = 0
    private var headerFields = 0
    private(set) var headers: [String: String] = [:]
    private(set) var body: [UInt8] = []
    /// Why the transfer was stopped from here, where it was.
    private(set) var refusal: TransportError?

    init(maximumBodyBytes: Int) { self.maximumBodyBytes = maximumBodyBytes }

    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        guard bytes.count <= maximumBodyBytes - body.count else {
            refusal = TransportError(.bodyTooLarge, "the body exceeds \(maximumBodyBytes) bytes")
            body = []
            return .refused
        }
        body.append(contentsOf: bytes)
        return .more
    }

    /// One line of the header block as it came, with its line end. A status line begins a new block, which replaces an
    /// interim (1xx) response.
    mutating func appendHeader(_ line: UnsafeRawBufferPointer) -> Verdict {
        headerBytes += line.count
        if line.starts(with: "HTTP/".utf8) {
            headers.removeAll(keepingCapacity: true)
            return .more
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return .more }
        headerFields += 1
        guard headerBytes <= Self.maximumHeaderBytes, headerFields <= Self.maximumHeaderFields else {
            refusal = TransportError(.protocolViolation, "the response headers exceed \(Self.maximumHeaderBytes) bytes")
            return .refused
        }
        let name = String(decoding: UnsafeRawBufferPointer(rebasing: line[..<colon]), as: UTF8.self).lowercased()
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
        let value = line[(colon + 1)...].drop(while: isBlank)
        let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? value.startIndex
        headers[name] = String(decoding: value[..<end], as: UTF8.self)
        return .more
    }
}
