import PortfolioModel

/// What goes to standard error with `--json` when a command fails.
struct ErrorDocument: Codable, Sendable, Equatable {
    struct Item: Codable, Sendable, Equatable {
        /// Short and stable, for programs: `unknown-key`, `not-running`.
        var code: String
        var message: String
        @ExplicitNull var file: String?
        @ExplicitNull var line: Int?
        @ExplicitNull var field: String?
        /// The next step a person should take.
        @ExplicitNull var fix: String?
    }

    var error: Item
    /// All of them, where there are several (a configuration's errors are reported at once).
    var errors: [Item]?

    init(_ error: Item, all: [Item] = []) {
        self.error = error
        errors = all.count > 1 ? all : nil
    }
}
