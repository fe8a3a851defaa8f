/// What is banned from the code, and the marks of work that was left for later.
struct BannedCallRule: Rule {
    var table = BannedCall.table

    func findings(in source: SwiftSource) -> [Finding] {
        calls(in: source) + forceUnwraps(in: source) + unboundedStreams(in: source) + deferredWork(in: source)
    }

    private func calls(in source: SwiftSource) -> [Finding] {
        table.filter { $0.applies(to: source.path) }.flatMap { banned in
            source.offsets(of: banned.text).compactMap { offset -> Finding? in
                let line = source.line(at: offset)
                if banned.yieldsToSafety && source.statesSafety(at: line) { return nil }
                if isDeclaration(source.code, at: offset) { return nil }
                let escape = banned.yieldsToSafety ? ", or say why it is safe in a `// Safety:` line" : ""
                return Finding(
                    file: source.path, line: line, message: "\(banned.text) is banned: \(banned.instead)\(escape)")
            }
        }
    }

    /// `func print(…)` declares a word, it does not use it.
    private func isDeclaration(_ code: [UInt8], at offset: Int) -> Bool {
        let before = code[..<offset].suffix(5)
        return before.elementsEqual("func ".utf8)
            || before.last == UInt8(ascii: ".") && code[offset] == UInt8(ascii: "p")
    }

    private func forceUnwraps(in source: SwiftSource) -> [Finding] {
        source.code.indices.compactMap { offset -> Finding? in
            guard source.code[offset] == UInt8(ascii: "!"), offset > 0 else { return nil }
            let before = source.code[offset - 1]
            guard isWordByte(before) || before == UInt8(ascii: ")") || before == UInt8(ascii: "]") else { return nil }
            if offset + 1 < source.code.count, source.code[offset + 1] == UInt8(ascii: "=") { return nil }
            let head = source.code[..<offset]
            if head.suffix(3).elementsEqual("try".utf8) || head.suffix(3).elementsEqual(" as".utf8) { return nil }
            let line = source.line(at: offset)
            guard !source.statesSafety(at: line) else { return nil }
            return Finding(
                file: source.path, line: line,
                message:
                    "a force unwrap: use guard let, or #require in a test, or say why it is safe in a `// Safety:` line"
            )
        }
    }

    /// A stream without a stated bound keeps whatever its reader does not take.
    private func unboundedStreams(in source: SwiftSource) -> [Finding] {
        ["AsyncStream", "AsyncThrowingStream"].flatMap { source.offsets(of: $0) }.compactMap { offset -> Finding? in
            guard makesStream(source.code, at: offset) else { return nil }
            let line = source.line(at: offset)
            let statement = (line...min(line + 3, source.lines.count)).map { source.codeLine($0) }.joined()
            guard !statement.contains("bufferingPolicy") else { return nil }
            return Finding(
                file: source.path, line: line,
                message: "a stream without a bound: pass bufferingPolicy: .bufferingNewest(n) or .bufferingOldest(n)")
        }
    }

    private func makesStream(_ code: [UInt8], at offset: Int) -> Bool {
        var end = offset
        while end < code.count, isWordByte(code[end]) { end += 1 }
        var angles = 0
        while end < code.count {
            if code[end] == UInt8(ascii: "<") {
                angles += 1
            } else if code[end] == UInt8(ascii: ">") {
                angles -= 1
            } else if angles == 0 {
                break
            }
            end += 1
        }
        let rest = code[end...]
        if rest.first == UInt8(ascii: "(") || rest.starts(with: ".makeStream(".utf8) { return true }
        let before = code[..<offset].reversed().first { $0 != UInt8(ascii: " ") }
        let isType = before == UInt8(ascii: ">") || before == UInt8(ascii: ":")
        return rest.starts(with: " {".utf8) && !isType
    }

    private func deferredWork(in source: SwiftSource) -> [Finding] {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
        return source.lines.enumerated().compactMap { index, line in
            guard let mark = marks.first(where: line.contains) else { return nil }
            return Finding(
                file: source.path, line: index + 1,
                message: "\(mark) is banned: do it now, or open an issue and say so there")
        }
    }
}
