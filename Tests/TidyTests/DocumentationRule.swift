/// Every type and protocol that other modules see says in a sentence what it is; nested ones speak through their owner.
struct DocumentationRule: Rule {
    private static let kinds: Set<Substring> = ["struct", "enum", "class", "actor", "protocol"]
    private static let modifiers: Set<Substring> = ["final", "indirect", "distributed"]

    func findings(in source: SwiftSource) -> [Finding] {
        guard source.path.contains("Sources/") else { return [] }
        return source.offsets(of: "package ").compactMap { offset -> Finding? in
            let line = source.line(at: offset)
            guard source.lines[line - 1].first != " " else { return nil }
            let words = source.codeLine(line).split(separator: " ").drop { $0 != "package" }.dropFirst()
                .drop { Self.modifiers.contains($0) }
            guard let kind = words.first, Self.kinds.contains(kind), let name = words.dropFirst().first else {
                return nil
            }
            guard !isDocumented(source.lines, line) else { return nil }
            return Finding(
                file: source.path, line: line,
                message: "\(kind) \(name.prefix(while: { $0 != ":" && $0 != "{" && $0 != "<" })) has no doc comment: "
                    + "say in one sentence what it is, then units, signs and errors")
        }
    }

    private func isDocumented(_ lines: [String], _ number: Int) -> Bool {
        var above = number - 2
        while above >= 0 {
            let line = lines[above].drop(while: { $0 == " " })
            if line.hasPrefix("///") { return true }
            guard line.hasPrefix("@") || line.hasPrefix("// ") else { return false }
            above -= 1
        }
        return false
    }
}
