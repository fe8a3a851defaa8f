/// What a piece of text means; the palette decides how that looks.
enum TextStyle: Sendable {
    case plain
    case heading
    case dim
    case good
    case bad
    case warning
}

/// Colours, where the reader allows them (https://no-color.org).
struct Palette: Sendable, Equatable {
    var isEnabled: Bool

    func paint(_ text: String, _ style: TextStyle) -> String {
        guard isEnabled, !text.isEmpty else { return text }
        let code: String
        switch style {
        case .plain: return text
        case .heading: code = "1"
        case .dim: code = "2"
        case .good: code = "32"
        case .bad: code = "31"
        case .warning: code = "33"
        }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
