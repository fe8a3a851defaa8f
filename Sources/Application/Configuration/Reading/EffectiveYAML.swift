/// Writes values in force as YAML, each with its origin in a comment.
enum EffectiveYAML {
    /// How YAML's core schema writes that there is no value.
    static let nulls: Set<String> = ["~", "null", "Null", "NULL"]

    /// A scalar as YAML reads it back: plain where that is safe, in double quotes otherwise.
    static func scalar(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.first.map { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "-" || $0 == "." } == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:+ ".contains($0)) }
            && !text.contains(": ") && !text.hasPrefix("- ") && !text.hasSuffix(" ") && !text.hasSuffix(":")
            && text != "-" && !nulls.contains(text)
        if isPlain { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// With `unmask` account numbers are whole, and what is written loads again.
    static func text(_ entries: [EffectiveEntry], origins: Bool, unmask: Bool = false) -> String {
        var lines: [(text: String, origin: String)] = []
        var previous: [ConfigurationPath.Segment] = []
        for entry in entries {
            let segments = entry.path.segments
            let common = zip(previous, segments).prefix { $0 == $1 }.count
            var marker: String?
            for depth in common..<segments.count {
                let indent = marker ?? String(repeating: "  ", count: depth)
                marker = nil
                switch segments[depth] {
                case .index: marker = indent + "- "
                case .key(let key) where depth == segments.count - 1:
                    let value = unmask ? entry.whole : entry.text
                    lines.append((indent + "\(scalar(key)): \(value)", entry.origin.description))
                case .key(let key): lines.append((indent + "\(scalar(key)):", ""))
                }
            }
            previous = segments
        }
        let width = min(64, lines.filter { !$0.origin.isEmpty }.map(\.text.count).max() ?? 0)
        return lines.map { line in
            guard origins, !line.origin.isEmpty else { return line.text + "\n" }
            return line.text + String(repeating: " ", count: max(0, width - line.text.count)) + "  # \(line.origin)\n"
        }.joined()
    }
}
