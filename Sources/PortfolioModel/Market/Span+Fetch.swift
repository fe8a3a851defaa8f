public import CPrefetch

extension Span {
    /// Asks for an element's cache lines before they are needed, without waiting for them; nothing for a place outside.
    /// Public, since what is less is not made part of another module's loops.
    ///
    /// A large book's elements are rarely in the cache: a batch of 64 quotes took a third longer with a word of each
    /// line read ahead, which the processor waits for (docs/performance.md, a batch on the large book).
    @inlinable @inline(__always)
    public func fetch(_ place: Int) {
        guard place >= 0, place < count else { return }
        withUnsafeBufferPointer { elements in
            // Safety: the place is inside, and nothing is read.
            guard let base = elements.baseAddress else { return }
            tributary_prefetch(base + place, MemoryLayout<Element>.size)
        }
    }
}
