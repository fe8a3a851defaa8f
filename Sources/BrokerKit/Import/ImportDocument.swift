package import PortfolioModel

/// A file as its reader understood it, before anything is compared with the book or written.
package struct ImportDocument: Sendable {
    package var layout: String
    /// When the file says its figures were true.
    package var asOf: Timestamp
    package var asOfDate: CalendarDate
    /// Where the as-of was found: `footer`, `fileName`, `option`.
    package var asOfSource: String
    /// Physical lines in the file; the rows' spans add up to it.
    package var lineCount: Int
    package var rows: [ImportRow]
    /// One per account in the file, whole.
    package var snapshots: [AccountSnapshot]
    package var warnings: [ImportWarning]

    package init(
        layout: String, asOf: Timestamp, asOfDate: CalendarDate, asOfSource: String, lineCount: Int, rows: [ImportRow],
        snapshots: [AccountSnapshot], warnings: [ImportWarning]
    ) {
        self.layout = layout
        self.asOf = asOf
        self.asOfDate = asOfDate
        self.asOfSource = asOfSource
        self.lineCount = lineCount
        self.rows = rows
        self.snapshots = snapshots
        self.warnings = warnings
    }
}

/// One record of the file: which lines it spans and what became of it.
package struct ImportRow: Sendable {
    package enum Content: Sendable {
        /// Belongs to the account's snapshot: index into its positions, or cash.
        case position(account: String, VenuePosition)
        case cash(account: String, amount: FixedDecimal, symbol: String)
        /// Headers, blanks, footers: why it carries no figure.
        case ignored(String)
        /// Not understood: why, and which field.
        case refused(reason: String, field: String?, account: String?)
    }

    /// First and last physical line, from 1.
    package var firstLine: Int
    package var lastLine: Int
    package var content: Content

    package init(firstLine: Int, lastLine: Int, content: Content) {
        self.firstLine = firstLine
        self.lastLine = lastLine
        self.content = content
    }
}

/// Something to look at that did not stop a row.
package struct ImportWarning: Sendable, Hashable {
    package var line: Int
    package var text: String

    package init(line: Int, text: String) {
        self.line = line
        self.text = text
    }
}

/// A file that cannot be read at all. `line` counts from 1; nil for the file as a whole.
package struct ImportError: Error, Sendable, Equatable {
    package var code: String
    package var message: String
    package var line: Int?
    package var field: String?
    /// What a person can do.
    package var fix: String

    package init(code: String, _ message: String, line: Int? = nil, field: String? = nil, fix: String) {
        self.code = code
        self.message = message
        self.line = line
        self.field = field
        self.fix = fix
    }
}

/// A broker whose data comes as files. Reading is a pure function of the bytes, the file's name and an optional date
/// given by the user.
package protocol FileReader: Sendable {
    func read(fileName: String, bytes: [UInt8], asOf: CalendarDate?) throws(ImportError) -> ImportDocument
}
