extension Span<Double> {
    /// The numbers from a row on; past the end the last one again.
    @inline(__always)
    func lanes(at row: Int) -> Lanes {
        if row + Lanes.width <= count {
            // Safety: the bytes of the four numbers from `row` on are inside the span, checked above.
            return unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: row * MemoryLayout<Double>.stride, as: Lanes.self)
        }
        var last = Lanes(repeating: self[count - 1])
        for lane in 0..<(count - row) { last[lane] = self[row + lane] }
        return last
    }
}

extension MutableSpan<Double> {
    /// Stores as many of the numbers from a row on as there are rows.
    @inline(__always)
    mutating func store(_ lanes: Lanes, at row: Int) {
        if row + Lanes.width <= count {
            var bytes = mutableBytes
            bytes.storeBytes(of: lanes, toByteOffset: row * MemoryLayout<Double>.stride, as: Lanes.self)
        } else {
            for lane in 0..<(count - row) { self[row + lane] = lanes[lane] }
        }
    }
}
