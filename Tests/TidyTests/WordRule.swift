/// Tracked text speaks of the product only, and holds for any machine.
struct WordRule {
    /// Put together here so that this file does not break its own rule.
    private static let paths = ["wo" + "rk", "ro" + "ot", "fa" + "rm", "tmp/" + "w"].map { "/\($0)/" }
    private static let names = ["cla" + "ude", "anthro" + "pic", "chat" + "gpt", "open" + "ai", "co" + "pilot"]

    func findings(in text: String, path: String) -> [Finding] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line -> [Finding] in
            let lowered = line.lowercased()
            let machine = Self.paths.filter { contains($0, in: line) }.map {
                "\($0) is a place on one machine: start from the project's root or a temporary folder"
            }
            let named = Self.names.filter { lowered.contains($0) }.map { "\"\($0)\": speak of the product only" }
            return (machine + named).map { Finding(file: path, line: index + 1, message: $0) }
        }
    }

    /// At the start of a path, so that a folder of that name inside the project does not count.
    private func contains(_ folder: String, in line: Substring) -> Bool {
        var rest = line
        while let range = rest.firstRange(of: folder) {
            let before = rest[..<range.lowerBound].last
            if before.map({ !($0.isLetter || $0.isNumber || "._-*}~".contains($0)) }) ?? true { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
