import Foundation

/// Files of raw doubles, one column after the other, as Data/options.py and numpy's `tofile` write them.
enum Columns {
    static func read(_ path: String, count: Int) throws -> [[Double]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let rows = data.count / MemoryLayout<Double>.stride / count
        guard data.count == rows * count * MemoryLayout<Double>.stride else {
            throw BenchmarkError("\(path) is no file of \(count) columns")
        }
        return data.withUnsafeBytes { bytes in
            (0..<count).map { column in
                (0..<rows).map {
                    bytes.loadUnaligned(
                        fromByteOffset: (column * rows + $0) * MemoryLayout<Double>.stride, as: Double.self)
                }
            }
        }
    }

    static func write(_ columns: [[Double]], to path: String) throws {
        var data = Data()
        for column in columns { column.withUnsafeBytes { data.append(contentsOf: $0) } }
        try data.write(to: URL(fileURLWithPath: path))
    }
}
