import Foundation

/// What the documents tell a reader to run or to open is there.
struct DocumentRule {
    private static let folders = ["scripts/", ".ci/", "config/", "docs/"]
    private static let nameCharacters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/")

    /// `exists` tells whether a path below the root is there.
    func findings(in text: String, path: String, exists: (String) -> Bool) -> [Finding] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            claims(in: line).filter { !exists($0) }.map {
                Finding(file: path, line: index + 1, message: "\($0) is not there: write it, or claim what is")
            }
        }
    }

    private func claims(in line: Substring) -> [String] {
        line.split(whereSeparator: { !Self.nameCharacters.contains($0) }).compactMap { word in
            guard let folder = Self.folders.first(where: word.hasPrefix), word.count > folder.count else { return nil }
            let trimmed = word.reversed().drop { $0 == "." }.reversed()
            return String(trimmed)
        }
    }
}
