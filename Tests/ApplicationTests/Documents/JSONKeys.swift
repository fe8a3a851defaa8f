import Foundation

/// The keys of a JSON document as paths, each once: `positions[].mark.value`.
enum JSONKeys {
    static func paths(_ data: Data) throws -> Set<String> {
        var found: Set<String> = []
        collect(try JSONSerialization.jsonObject(with: data), "", &found)
        return found
    }

    /// Keys right below a path.
    static func children(of path: String, in data: Data) throws -> Set<String> {
        let prefix = path.isEmpty ? "" : path + "."
        let below = try paths(data).filter { $0.hasPrefix(prefix) && $0 != path }
        return Set(
            below.map { String($0.dropFirst(prefix.count).prefix { $0 != "." && $0 != "[" }) }.filter { !$0.isEmpty })
    }

    private static func collect(_ value: Any, _ path: String, _ found: inout Set<String>) {
        if let object = value as? [String: Any] {
            for (key, value) in object {
                let place = path.isEmpty ? key : "\(path).\(key)"
                found.insert(place)
                collect(value, place, &found)
            }
        } else if let array = value as? [Any] {
            for value in array { collect(value, path + "[]", &found) }
        }
    }
}
