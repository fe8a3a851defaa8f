import Yams

extension ConfigurationError {
    /// What the YAML parser refused, without the text around it: that may hold a secret somebody put there.
    init(yaml error: any Error, file: String) {
        self.init(code: "bad-yaml", message: "not well-formed YAML", file: file)
        fix = "check indentation, quotes and colons near that line"
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            line = mark.line
            message += ": \(problem)"
        case .reader(let problem, _, _, _): message += ": \(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            code = "duplicate-key"
            message = "the key `\(duplicates.first ?? "")` is given twice"
            line = context.mark.line
            fix = "remove one of the two"
        default: break
        }
    }
}
