/// Something a check of the store found wrong.
package struct StoreFinding: Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// SQLite's own structure check.
        case structure
        case foreignKey
        /// The kept bytes of an imported file no longer have their SHA-256.
        case importBytes
        /// The rows of an import no longer have the hash they were written with.
        case importRows
        /// A holding differs from the import it came from.
        case holding
        case applicationID
    }

    package var code: Code
    package var message: String

    package var description: String { "\(code.rawValue): \(message)" }
}
