/// Files, functions and lines stay small enough to be read at once.
struct SizeRule: Rule {
    var maximumFileLines = 500
    var maximumFunctionLines = 70
    var maximumColumns = 120

    func findings(in source: SwiftSource) -> [Finding] {
        var found: [Finding] = []
        if source.lineCount > maximumFileLines {
            found.append(
                Finding(
                    file: source.path, line: source.lineCount,
                    message: "\(source.lineCount) lines, at most \(maximumFileLines): move a topic to Type+Topic.swift")
            )
        }
        for (index, line) in source.lines.enumerated() {
            if line.count > maximumColumns {
                found.append(
                    Finding(
                        file: source.path, line: index + 1,
                        message: "\(line.count) columns, at most \(maximumColumns): break the line"))
            }
            if line.contains("\t") {
                found.append(Finding(file: source.path, line: index + 1, message: "a tab: indent with four spaces"))
            }
        }
        return found + longFunctions(in: source)
    }

    private func longFunctions(in source: SwiftSource) -> [Finding] {
        let starts = ["func ", "init(", "init<", "init?(", "deinit ", "subscript("].flatMap { source.offsets(of: $0) }
        return starts.sorted().compactMap { start in
            guard let end = bodyEnd(from: start, in: source.code) else { return nil }
            let first = source.line(at: start)
            let length = source.line(at: end) - first + 1
            guard length > maximumFunctionLines else { return nil }
            return Finding(
                file: source.path, line: first,
                message: "a function of \(length) lines, at most \(maximumFunctionLines): give its parts names")
        }
    }

    /// Where the closing brace of the declaration at `start` stands; nil for a requirement, a call or a delegation.
    private func bodyEnd(from start: Int, in code: [UInt8]) -> Int? {
        var parentheses = 0
        var braces = 0
        var lineBreakBefore = false
        for offset in start..<code.count {
            switch code[offset] {
            case UInt8(ascii: "("), UInt8(ascii: "["): if braces == 0 { parentheses += 1 }
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                if braces == 0 { parentheses -= 1 }
                if parentheses < 0 { return nil }
            case UInt8(ascii: "{"): if parentheses == 0 { braces += 1 }
            case UInt8(ascii: "}"):
                guard parentheses == 0 else { break }
                if braces == 0 { return nil }
                braces -= 1
                if braces == 0 { return offset }
            case UInt8(ascii: "\n"):
                lineBreakBefore = true
                continue
            case UInt8(ascii: " "): continue
            default:
                // A signature goes on with `->`, `where`, `throws` or `async`; anything else is the next declaration.
                if lineBreakBefore && braces == 0 && parentheses == 0 && !continues(code, at: offset) { return nil }
            }
            lineBreakBefore = false
        }
        return nil
    }

    private func continues(_ code: [UInt8], at offset: Int) -> Bool {
        ["->", "where ", "throws", "async", "rethrows"].contains { word in
            code[offset...].prefix(word.utf8.count).elementsEqual(word.utf8)
        }
    }
}
