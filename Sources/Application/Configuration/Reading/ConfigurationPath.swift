/// The place of a value in the configuration.
struct ConfigurationPath: Sendable, Hashable, CustomStringConvertible {
    enum Segment: Sendable, Hashable {
        case key(String)
        /// From 0.
        case index(Int)
    }

    var segments: [Segment] = []

    func appending(_ key: String) -> ConfigurationPath { ConfigurationPath(segments: segments + [.key(key)]) }
    func appending(_ index: Int) -> ConfigurationPath { ConfigurationPath(segments: segments + [.index(index)]) }

    /// `accounts[0].number`
    var description: String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }
}
