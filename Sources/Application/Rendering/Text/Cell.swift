/// One piece of a table.
struct Cell: Sendable, Equatable {
    var text: String
    var style: TextStyle
    /// Why there is no figure: printed below the table.
    var note: String?

    init(_ text: String, _ style: TextStyle = .plain, note: String? = nil) {
        self.text = SafeText.of(text, keeping: ["\n", "\t"])
        self.style = style
        self.note = note.map { SafeText.of($0) }
    }

    /// Does not apply here.
    static let none = Cell("-", .dim)
    /// There should be a figure and there is none. Never zero.
    static func unknown(_ note: String? = nil) -> Cell { Cell("?", .warning, note: note) }
}
