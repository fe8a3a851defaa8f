import Foundation

/// Bytes in a recording: as text where they are text, so that a person can read the file.
enum RecordedBytes: Codable, Sendable, Hashable {
    case text(String)
    case base64(String)

    init(_ bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self = .text(text)
        } else {
            self = .base64(Data(bytes).base64EncodedString())
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .base64(let text): Data(base64Encoded: text).map(Array.init) ?? []
        }
    }
}
