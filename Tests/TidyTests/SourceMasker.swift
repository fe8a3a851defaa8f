/// Blanks out comments and the text of string literals, so that rules see code only. Interpolated code stays code.
struct SourceMasker {
    private enum Context {
        case code
        /// Inside `\(`, with so many parentheses open.
        case interpolation(depth: Int)
        /// A literal with so many `#` and either one or three quotation marks.
        case literal(pounds: Int, isMultiline: Bool)
        case lineComment
        case blockComment(depth: Int)
    }

    private let bytes: [UInt8]
    private var output: [UInt8]
    private var index = 0
    private var contexts: [Context] = [.code]

    static func masked(_ bytes: [UInt8]) -> [UInt8] {
        var masker = SourceMasker(bytes: bytes)
        while masker.index < bytes.count { masker.step() }
        return masker.output
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        output = bytes
    }

    private mutating func step() {
        switch contexts[contexts.count - 1] {
        case .code: stepCode()
        case .interpolation(let depth): stepInterpolation(depth)
        case .literal(let pounds, let isMultiline): stepLiteral(pounds, isMultiline)
        case .lineComment:
            if bytes[index] == UInt8(ascii: "\n") { contexts.removeLast() }
            blank(1)
        case .blockComment(let depth): stepBlockComment(depth)
        }
    }

    private mutating func stepCode() {
        if starts("//") { return enter(.lineComment, width: 2) }
        if starts("/*") { return enter(.blockComment(depth: 1), width: 2) }
        var pounds = 0
        while index + pounds < bytes.count, bytes[index + pounds] == UInt8(ascii: "#") { pounds += 1 }
        if quotes(at: index + pounds, 3) {
            return enter(.literal(pounds: pounds, isMultiline: true), width: pounds + 3)
        }
        if quotes(at: index + pounds, 1) {
            return enter(.literal(pounds: pounds, isMultiline: false), width: pounds + 1)
        }
        index += max(pounds, 1)
    }

    private mutating func stepInterpolation(_ depth: Int) {
        switch bytes[index] {
        case UInt8(ascii: "("):
            contexts[contexts.count - 1] = .interpolation(depth: depth + 1)
            index += 1
        case UInt8(ascii: ")"):
            if depth == 1 {
                contexts.removeLast()
            } else {
                contexts[contexts.count - 1] = .interpolation(depth: depth - 1)
            }
            index += 1
        default: stepCode()
        }
    }

    private mutating func stepLiteral(_ pounds: Int, _ isMultiline: Bool) {
        let escape = "\\" + String(repeating: "#", count: pounds)
        if starts(escape) {
            let next = index + 1 + pounds
            if next < bytes.count, bytes[next] == UInt8(ascii: "(") {
                return enter(.interpolation(depth: 1), width: pounds + 2)
            }
            return blank(pounds + 2)
        }
        let marks = isMultiline ? 3 : 1
        if quotes(at: index, marks), starts(String(repeating: "#", count: pounds), at: index + marks) {
            contexts.removeLast()
            return blank(marks + pounds)
        }
        if !isMultiline && bytes[index] == UInt8(ascii: "\n") { contexts.removeLast() }
        blank(1)
    }

    private mutating func stepBlockComment(_ depth: Int) {
        if starts("/*") {
            contexts[contexts.count - 1] = .blockComment(depth: depth + 1)
            return blank(2)
        }
        if starts("*/") {
            if depth == 1 {
                contexts.removeLast()
            } else {
                contexts[contexts.count - 1] = .blockComment(depth: depth - 1)
            }
            return blank(2)
        }
        blank(1)
    }

    private mutating func enter(_ context: Context, width: Int) {
        contexts.append(context)
        blank(width)
    }

    private mutating func blank(_ width: Int) {
        for offset in index..<min(index + width, bytes.count) where bytes[offset] != UInt8(ascii: "\n") {
            output[offset] = UInt8(ascii: " ")
        }
        index += width
    }

    private func starts(_ text: String) -> Bool { starts(text, at: index) }

    private func starts(_ text: String, at start: Int) -> Bool {
        var offset = start
        for byte in text.utf8 {
            guard offset < bytes.count, bytes[offset] == byte else { return false }
            offset += 1
        }
        return true
    }

    private func quotes(at start: Int, _ count: Int) -> Bool {
        guard start + count <= bytes.count else { return false }
        return bytes[start..<(start + count)].allSatisfy { $0 == UInt8(ascii: "\"") }
    }
}
