/// One record of delimited text: its fields' bytes without quotes, and the physical lines it spans.
package struct DelimitedRecord: Sendable, Hashable {
    /// First and last physical line, from 1.
    package var firstLine: Int
    package var lastLine: Int
    /// The fields one after another; `ends` says where each ends.
    var bytes: [UInt8] = []
    var ends: [Int] = []

    init(firstLine: Int) {
        self.firstLine = firstLine
        lastLine = firstLine
    }

    /// Number of fields, at least 1 in a complete record.
    package var count: Int { ends.count }

    /// The bytes of a field; `index` must be below `count`.
    package subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    package func text(_ index: Int, _ encoding: TextEncoding) -> String { encoding.decode(self[index]) }

    package func texts(_ encoding: TextEncoding) -> [String] { (0..<count).map { text($0, encoding) } }
}
