import Yams

/// One mapping of the file with its place; empty for a section that is not there.
struct ConfigurationSection {
    var path = ConfigurationPath()
    /// Line of the section's first key, or of the key that opens it.
    var line: Int?
    /// In the order of the file.
    private(set) var keys: [String] = []
    private var values: [String: Node] = [:]

    init() {}

    init(path: ConfigurationPath, line: Int?, mapping: Node.Mapping) {
        self.path = path
        self.line = line
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { continue }
            keys.append(name)
            values[name] = value
        }
    }

    subscript(key: String) -> Node? { values[key] }

    func line(of key: String) -> Int? { values[key]?.mark?.line }
}
