import PortfolioModel
import Risk

/// How documents are made.
struct DocumentOptions: Codable, Sendable, Equatable {
    /// Show whole account numbers; otherwise the last four characters.
    var unmask: Bool

    init(unmask: Bool = false) { self.unmask = unmask }

    /// The account of hypothetical legs has a name and no number.
    func number(_ key: AccountKey) -> String {
        unmask || key.broker == WhatIf.broker ? key.number : key.masked
    }
}
