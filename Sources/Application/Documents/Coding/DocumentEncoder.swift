import Foundation

/// Writes documents: keys sorted, so that two documents compare line by line; indented for a person's terminal.
struct DocumentEncoder: Sendable {
    var pretty: Bool

    init(pretty: Bool = false) { self.pretty = pretty }

    /// UTF-8 without a trailing newline. Throws `EncodingError` when a number is not finite.
    func data(_ document: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return try encoder.encode(document)
    }

    func text(_ document: some Encodable) throws -> String { String(decoding: try data(document), as: UTF8.self) }

    /// One line, as commands and the control socket pass documents on.
    static func text(_ document: some Encodable) throws -> String { try DocumentEncoder().text(document) }
}
