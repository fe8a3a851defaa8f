/// One value in force and where it comes from, as `config show --effective` prints it.
struct EffectiveEntry: Sendable, Equatable {
    enum Origin: Sendable, Equatable {
        /// The configuration file, at a line.
        case file(line: Int)
        case environment(String)
        case standard

        var description: String {
            switch self {
            case .file(let line): "line \(line)"
            case .environment(let name): "environment \(name)"
            case .standard: "default"
            }
        }
    }

    var path: ConfigurationPath
    /// As written in YAML; account numbers masked, secrets as their reference, `null` for what is not set.
    var text: String
    /// The same with account numbers as they are.
    var whole: String
    var origin: Origin

    init(path: ConfigurationPath, text: String, whole: String? = nil, origin: Origin) {
        (self.path, self.text, self.origin) = (path, text, origin)
        self.whole = whole ?? text
    }
}
