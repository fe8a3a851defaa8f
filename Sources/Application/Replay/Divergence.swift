import Foundation

/// Where a replay first differed from what was recorded.
struct Divergence: Codable, Sendable, Equatable {
    var sequence: UInt64
    /// `status`, `alerts`, `notes`, `clock`, `feed`.
    var document: String
    /// JSON path, `$.totals.netLiq.amount`; `$` for the whole.
    var path: String
    var recorded: String
    var replayed: String

    /// nil when both texts are equal byte by byte.
    static func between(
        _ recorded: String, _ replayed: String, in document: String, at sequence: UInt64
    ) -> Divergence? {
        guard recorded != replayed else { return nil }
        let read = { (text: String) in try? JSONSerialization.jsonObject(with: Data(text.utf8)) }
        let found = difference(read(recorded), read(replayed), "$")
        return Divergence(
            sequence: sequence, document: document, path: found?.path ?? "$", recorded: found?.left ?? "other bytes",
            replayed: found?.right ?? "other bytes")
    }

    /// The first place, in order of keys, where two JSON values differ.
    private static func difference(
        _ left: Any?, _ right: Any?, _ path: String
    ) -> (path: String, left: String, right: String)? {
        if let left = left as? [String: Any], let right = right as? [String: Any] {
            for key in Set(left.keys).union(right.keys).sorted() {
                if let found = difference(left[key], right[key], "\(path).\(key)") { return found }
            }
            return nil
        }
        if let left = left as? [Any], let right = right as? [Any] {
            for index in 0..<max(left.count, right.count) {
                let pair = (index < left.count ? left[index] : nil, index < right.count ? right[index] : nil)
                if let found = difference(pair.0, pair.1, "\(path)[\(index)]") { return found }
            }
            return nil
        }
        let (old, new) = (words(left), words(right))
        return old == new ? nil : (path, old, new)
    }

    private static func words(_ value: Any?) -> String { value.map { String("\($0)".prefix(200)) } ?? "missing" }
}
