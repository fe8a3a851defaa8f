import Yams

/// Walks the file's nodes, collecting every error and every value in force on the way: nothing stops at the first
/// mistake.
struct ConfigurationReader {
    let file: String
    private(set) var errors: [ConfigurationError] = []
    private(set) var entries: [EffectiveEntry] = []

    init(file: String) { self.file = file }

    mutating func refuse(_ code: String, _ message: String, at path: ConfigurationPath?, line: Int?, fix: String? = nil)
    {
        errors.append(
            ConfigurationError(
                code: code, message: message, file: file, line: line, field: path?.description, fix: fix))
    }

    /// Takes over what is wrong with another file that this one names.
    mutating func adopt(_ others: ConfigurationErrors) { errors += others.errors }

    /// Checks that a node is a mapping with no other keys than these; nil keys take any name.
    mutating func mapping(_ node: Node?, at path: ConfigurationPath, keys: [String]?) -> ConfigurationSection {
        guard let node, !Self.isEmpty(node) else { return ConfigurationSection() }
        guard let mapping = node.mapping else {
            refuse(
                "bad-value", "`\(path)` takes keys with values", at: path, line: node.mark?.line,
                fix: keys.map { "its keys are \($0.joined(separator: ", "))" })
            return ConfigurationSection()
        }
        for (key, _) in mapping { check(key, at: path, among: keys) }
        return ConfigurationSection(path: path, line: node.mark?.line, mapping: mapping)
    }

    mutating func section(_ key: String, of parent: ConfigurationSection, keys: [String]?) -> ConfigurationSection {
        var section = mapping(parent[key], at: parent.path.appending(key), keys: keys)
        section.path = parent.path.appending(key)
        return section
    }

    /// The mappings of a list.
    mutating func list(_ key: String, of parent: ConfigurationSection, keys: [String]) -> [ConfigurationSection] {
        let path = parent.path.appending(key)
        guard let node = parent[key], !Self.isEmpty(node) else {
            entries.append(EffectiveEntry(path: path, text: "[]", origin: .standard))
            return []
        }
        guard let sequence = node.sequence else {
            refuse(
                "bad-value", "`\(path)` takes a list", at: path, line: node.mark?.line,
                fix: "begin each entry with `- `")
            return []
        }
        if sequence.isEmpty { record(path, "[]", .file(line: node.mark?.line ?? 0)) }
        return sequence.enumerated().map { index, node in
            var section = mapping(node, at: path.appending(index), keys: keys)
            section.path = path.appending(index)
            section.line = section.line ?? node.mark?.line
            return section
        }
    }

    /// A list of texts, shown as `show` makes them; whole to whom may see everything.
    mutating func texts(
        _ key: String, in section: ConfigurationSection, show: (String) -> String = { $0 }
    ) -> [String] {
        let path = section.path.appending(key)
        guard let node = section[key], !Self.isEmpty(node) else {
            entries.append(EffectiveEntry(path: path, text: "[]", origin: .standard))
            return []
        }
        let texts = node.sequence?.compactMap(\.string) ?? []
        guard let sequence = node.sequence, texts.count == sequence.count, texts.allSatisfy({ !$0.isEmpty }) else {
            refuse(
                "bad-value", "`\(path)` takes a list of texts", at: path, line: node.mark?.line,
                fix: "write [first, second]")
            return []
        }
        func list(_ texts: [String]) -> String { "[" + texts.map(EffectiveYAML.scalar).joined(separator: ", ") + "]" }
        entries.append(
            EffectiveEntry(
                path: path, text: list(texts.map(show)), whole: list(texts), origin: .file(line: node.mark?.line ?? 0)))
        return texts
    }

    /// With a default. A null is refused: it is not told whether the default or nothing is meant.
    mutating func value<Value>(
        _ key: String, in section: ConfigurationSection, _ kind: ValueKind<Value>, default standard: Value
    ) -> Value {
        if let value = given(key, in: section, kind) { return value }
        if section[key] == nil {
            record(section.path.appending(key), EffectiveYAML.scalar(kind.show(standard)), .standard)
        }
        return standard
    }

    /// Without a default; nil where the key is missing or null.
    mutating func optional<Value>(
        _ key: String, in section: ConfigurationSection, _ kind: ValueKind<Value>
    ) -> Value? {
        guard isSet(key, in: section) else {
            let origin = section.line(of: key).map { EffectiveEntry.Origin.file(line: $0) } ?? .standard
            record(section.path.appending(key), "null", origin)
            return nil
        }
        return given(key, in: section, kind)
    }

    /// Whether the file gives an optional key a value: a null leaves it unset, as if it were not there.
    func isSet(_ key: String, in section: ConfigurationSection) -> Bool {
        section[key].map { !Self.isEmpty($0) } ?? false
    }

    /// A value that its section cannot do without.
    mutating func required<Value>(
        _ key: String, in section: ConfigurationSection, _ kind: ValueKind<Value>
    ) -> Value? {
        if section[key] == nil {
            refuse(
                "missing-key", "`\(section.path)` has no `\(key)`", at: section.path.appending(key),
                line: section.line, fix: "add `\(key):` to it")
        }
        return given(key, in: section, kind)
    }

    mutating func record(_ path: ConfigurationPath, _ text: String, _ origin: EffectiveEntry.Origin) {
        entries.append(EffectiveEntry(path: path, text: text, origin: origin))
    }

    private mutating func given<Value>(
        _ key: String, in section: ConfigurationSection, _ kind: ValueKind<Value>
    ) -> Value? {
        guard let node = section[key] else { return nil }
        let path = section.path.appending(key)
        let line = node.mark?.line
        guard let text = node.scalar?.string, !Self.isEmpty(node) else {
            let what = Self.isEmpty(node) ? "has no value" : "takes one value, not a list or keys"
            refuse("bad-value", "`\(path)` \(what)", at: path, line: line, fix: "give it a value, or remove the key")
            return nil
        }
        do {
            let value = try kind.parse(text)
            let shown = EffectiveYAML.scalar(kind.show(value))
            let whole = kind.isMasked ? EffectiveYAML.scalar(text) : shown
            entries.append(EffectiveEntry(path: path, text: shown, whole: whole, origin: .file(line: line ?? 0)))
            return value
        } catch {
            refuse(error.code, "`\(path)` \(error.message)", at: path, line: line, fix: error.fix)
            return nil
        }
    }

    private mutating func check(_ key: Node, at path: ConfigurationPath, among keys: [String]?) {
        guard let name = key.scalar?.string else {
            return refuse("bad-key", "a key is not a plain word", at: path, line: key.mark?.line)
        }
        guard let keys, !keys.contains(name) else { return }
        let place = path.appending(name)
        let near = EditDistance.suggestion(for: name, among: keys)
        refuse(
            "unknown-key", "there is no key `\(place)`", at: place, line: key.mark?.line,
            fix: near.map { "did you mean `\($0)`?" } ?? "the keys here are \(keys.joined(separator: ", "))")
    }

    private static func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && (scalar.string.isEmpty || EffectiveYAML.nulls.contains(scalar.string))
    }
}
