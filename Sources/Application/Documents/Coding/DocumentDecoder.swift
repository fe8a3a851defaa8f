import Foundation

/// Reads documents that another process of ours wrote.
struct DocumentDecoder: Sendable {
    /// Throws `DecodingError` for malformed text or a missing key of the contract.
    func decode<D: Decodable>(_ type: D.Type, from data: Data) throws -> D {
        try JSONDecoder().decode(type, from: data)
    }
}
