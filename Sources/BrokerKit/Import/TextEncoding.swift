/// The encoding of a text file, decided once for the whole file.
package enum TextEncoding: Sendable, Hashable {
    case utf8
    case windows1252

    /// UTF-8 when every byte of the file is valid UTF-8, Windows-1252 otherwise.
    package static func detect(_ bytes: [UInt8]) -> TextEncoding {
        String(validating: bytes, as: UTF8.self) == nil ? .windows1252 : .utf8
    }

    package func decode(_ bytes: some Collection<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .windows1252:
            var text = String.UnicodeScalarView()
            for byte in bytes { text.append(Self.scalar(byte)) }
            return String(text)
        }
    }

    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(upperControls[Int(byte) - 0x80]) ?? "\u{FFFD}"
    }

    /// Bytes 80 to 9F (WHATWG Encoding Standard, index-windows-1252); the five unassigned ones stay control characters.
    private static let upperControls: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]
}
