import Foundation
import Testing

@testable import Tastytrade

/// Recorded-shape answers beside the tests.
enum Fixture {
    static let names = [
        "accounts", "balances-object", "balances-items", "positions", "transactions", "orders-live", "equities",
        "futures", "equity-option", "equity-option-adjusted", "future-option", "nested-chain", "quote-token",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return Array(try Data(contentsOf: url))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    static func envelope(_ name: String) throws -> APIEnvelope { try APIEnvelope(try bytes(name), place: name) }
    static func items(_ name: String) throws -> [JSONValue] { try envelope(name).items }
}
