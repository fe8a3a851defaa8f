/// One thing wrong with the configuration: where it is, and what to do.
struct ConfigurationError: Error, Sendable, Equatable {
    /// `unknown-key`, `bad-value`, `literal-secret` and so on.
    var code: String
    var message: String
    var file: String?
    /// From 1.
    var line: Int?
    /// Dotted path of the key: `brokers.tastytrade.apiURL`.
    var field: String?
    var fix: String?
}

/// All that is wrong with it, file by file, in the order of the lines.
struct ConfigurationErrors: Error, Sendable, Equatable {
    var errors: [ConfigurationError]

    init(_ errors: [ConfigurationError]) {
        var files: [String?] = []
        for error in errors where !files.contains(error.file) { files.append(error.file) }
        self.errors = files.flatMap { file in
            let own = errors.filter { $0.file == file }
            return own.enumerated().sorted {
                ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
            }.map(\.element)
        }
    }
}
