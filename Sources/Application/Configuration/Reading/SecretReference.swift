/// Where a secret is kept; the configuration never holds the secret itself.
enum SecretReference: Sendable, Equatable {
    /// An environment variable.
    case environment(String)
    /// A file that only its owner can read; relative paths start at the configuration file's folder.
    case file(String)
    /// A credential that systemd passes (`LoadCredential=`), by name.
    case credential(String)

    static let forms = "env:NAME, file:/path or credential:NAME"

    /// The error never repeats the text: it may be the secret.
    init(_ text: String) throws(ValueProblem) {
        let name = text.drop { $0 != ":" }.dropFirst()
        func isName(_ extra: String) -> Bool {
            !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || extra.contains($0)) }
        }
        if text.hasPrefix("env:"), isName("_") {
            self = .environment(String(name))
        } else if text.hasPrefix("file:"), !name.isEmpty, !name.hasPrefix("//") {
            self = .file(String(name))
        } else if text.hasPrefix("credential:"), isName("_-."), !name.hasPrefix(".") {
            self = .credential(String(name))
        } else {
            throw ValueProblem(
                "takes a reference to a secret, never the secret itself",
                fix: "put it into a file of mode 0600 and write \(Self.forms); if this was the secret, replace it",
                code: "literal-secret")
        }
    }

    var text: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        case .credential(let name): "credential:\(name)"
        }
    }
}

extension ValueKind where Value == SecretReference {
    static let secret = ValueKind(
        parse: { text throws(ValueProblem) in try SecretReference(text) }, show: { $0.text })
}
