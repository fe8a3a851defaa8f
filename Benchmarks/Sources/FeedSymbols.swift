/// The symbols that a file speaks of, found without any decoder of ours: quoted texts that begin with a dot.
enum FeedSymbols {
    static func all(in frames: Frames) throws -> [String] {
        var found: Set<[UInt8]> = []
        for frame in frames.bytes {
            for part in frame.split(separator: UInt8(ascii: "\"")) where part.first == UInt8(ascii: ".") {
                found.insert(Array(part))
            }
        }
        if found.isEmpty { throw BenchmarkError("no symbols in the file") }
        return found.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
}
