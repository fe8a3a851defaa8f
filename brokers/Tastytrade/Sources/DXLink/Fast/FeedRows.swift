/// The rows of a frame, back to back in one array that is kept from frame to frame: writing them allocates nothing and
/// copies nothing.
struct FeedRows: Sendable {
    var words: [Int64] = []
    var count = 0

    mutating func removeAll() { count = 0 }

    /// Makes room for so many more.
    mutating func reserve(_ rows: Int) {
        let missing = (count + rows) * FeedSlots.count - words.count
        if missing > 0 { words += Array(repeating: 0, count: missing) }
    }
}
