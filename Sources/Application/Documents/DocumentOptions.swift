import PortfolioModel

/// How documents are made.
struct DocumentOptions: Codable, Sendable, Equatable {
    /// Show whole account numbers; otherwise the last four characters.
    var unmask: Bool

    init(unmask: Bool = false) { self.unmask = unmask }

    func number(_ key: AccountKey) -> String { unmask ? key.number : key.masked }
}
