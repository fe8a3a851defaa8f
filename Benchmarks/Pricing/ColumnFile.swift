import Foundation

/// Columns of doubles, one after the other, as numpy's `tofile` writes them.
struct ColumnFile {
    let columns: [[Double]]
    var rows: Int { columns.first?.count ?? 0 }

    init(reading path: String, columns count: Int) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let rows = data.count / MemoryLayout<Double>.stride / count
        columns = data.withUnsafeBytes { bytes in
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
