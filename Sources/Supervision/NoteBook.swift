/// What deserves a person's eye, each text once with its count; the oldest go when there are too many.
package struct NoteBook: Sendable {
    private var counts: [String: Int] = [:]
    private var order: [String] = []
    private let limit = 100

    package init() {}

    package mutating func add(_ text: String) {
        counts[text, default: 0] += 1
        if counts[text] == 1 { order.append(text) }
        if order.count > limit { counts[order.removeFirst()] = nil }
    }

    package mutating func remove(_ text: String) {
        if counts.removeValue(forKey: text) != nil { order.removeAll { $0 == text } }
    }

    /// Oldest first, `text (x3)` where it came more than once.
    package var lines: [String] {
        order.map { text in
            let count = counts[text] ?? 1
            return count > 1 ? "\(text) (x\(count))" : text
        }
    }
}
