/// One Swift file, with and without its comments and the words inside its string literals.
struct SwiftSource {
    /// Relative to the project's root, such as `Sources/Risk/RiskEngine.swift`.
    let path: String
    let lines: [String]
    /// As many bytes as the file, those of comments and literal text replaced by blanks; line breaks stay.
    let code: [UInt8]
    private let lineStarts: [Int]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = SourceMasker.masked(Array(text.utf8))
        var starts = [0]
        for (index, byte) in code.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
        lineStarts = starts
    }

    /// The number of lines, a final line break making none of its own.
    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

    /// The 1-based line that the byte at `offset` stands in.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// One line of code without comments and literal text; `number` is 1-based.
    func codeLine(_ number: Int) -> String {
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] - 1 : code.count
        return String(decoding: code[start..<end], as: UTF8.self)
    }

    /// Where `needle` stands in the code, not as the tail of a longer word when it starts like a word.
    func offsets(of needle: String) -> [Int] {
        let wanted = Array(needle.utf8)
        guard let first = wanted.first, code.count >= wanted.count else { return [] }
        let bounded = isWordByte(first)
        var found: [Int] = []
        for offset in 0...(code.count - wanted.count) where code[offset] == first {
            if bounded && offset > 0 && isWordByte(code[offset - 1]) { continue }
            if code[offset..<(offset + wanted.count)].elementsEqual(wanted) { found.append(offset) }
        }
        return found
    }

    /// Whether the line, or the comment lines right above it, say why it is safe.
    func statesSafety(at number: Int) -> Bool {
        let marker = "// Safety:"
        if lines[number - 1].contains(marker) { return true }
        var above = number - 2
        while above >= 0 {
            let line = lines[above].drop(while: { $0 == " " })
            guard line.hasPrefix("//") else { return false }
            if line.contains(marker) { return true }
            above -= 1
        }
        return false
    }
}

func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}
