import Foundation
import PortfolioModel

/// The messages of one file, each as the bytes that a socket would have handed over.
struct Frames: Sendable {
    let bytes: [[UInt8]]

    init(_ path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes = data.split(separator: UInt8(ascii: "\n")).map { Array($0) }
        if bytes.isEmpty { throw BenchmarkError("no messages in \(path)") }
    }

    /// When a message is taken to arrive: 10,000 a second, which is what the service has to stand.
    static func time(of message: Int) -> Timestamp {
        Timestamp(microseconds: 1_795_186_800_000_000 + 100 * Int64(message))
    }
}
