/// A calendar data file could not be read; `line` counts from 1, 0 for the file as a whole.
package struct CalendarDataError: Error, Sendable, Equatable {
    package var line: Int
    package var text: String
    /// What to write instead.
    package var fix: String

    package init(line: Int, text: String, fix: String) {
        self.line = line
        self.text = text
        self.fix = fix
    }
}
