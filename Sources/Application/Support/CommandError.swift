/// What a person is told when a command cannot do what was asked: what, where, and what to do about it.
package struct CommandError: Error, Sendable, Codable, Equatable {
    /// Stable, lower-case with dashes.
    package var code: String
    package var message: String
    package var file: String?
    package var line: Int?
    package var field: String?
    package var fix: String?
    package var exitStatus: Int32

    package init(
        _ code: String, _ message: String, file: String? = nil, line: Int? = nil, field: String? = nil,
        fix: String? = nil, exit: ExitStatus = .general
    ) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.field = field
        self.fix = fix
        exitStatus = exit.rawValue
    }

    /// `file:line: message (field)` and, on a line of its own, the fix; for people.
    package var text: String { statement + (fix.map { "\n  fix: \($0)" } ?? "") }

    /// `file:line: message (field)`, where the fix is shown beside it.
    var statement: String {
        var place = file ?? ""
        if let line { place += ":\(line)" }
        var text = place.isEmpty ? message : "\(place): \(message)"
        if let field { text += " (field \(field))" }
        return text
    }
}
