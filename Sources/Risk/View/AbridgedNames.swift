extension Sequence<String> {
    /// Three names at most, `…` for the rest: `SPY, QQQ, IWM, …`.
    package var abridged: String {
        let first = Array(prefix(4))
        return first.prefix(3).joined(separator: ", ") + (first.count > 3 ? ", …" : "")
    }
}
