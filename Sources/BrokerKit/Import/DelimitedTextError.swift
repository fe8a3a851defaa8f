/// How much one delimited file may hold. Beyond a limit the reader refuses, it never truncates.
package struct DelimitedTextLimits: Sendable, Hashable {
    package var totalBytes: Int
    /// Bytes of one record, quotes and line ends included.
    package var recordBytes: Int
    package var fields: Int
    package var records: Int

    package init(
        totalBytes: Int = 32 << 20, recordBytes: Int = 64 << 10, fields: Int = 256, records: Int = 200_000
    ) {
        self.totalBytes = totalBytes
        self.recordBytes = recordBytes
        self.fields = fields
        self.records = records
    }
}

/// Why delimited text could not be read. `line` is the physical line, from 1, where the record in question starts.
package enum DelimitedTextError: Error, Sendable, Hashable {
    /// `line` is nil when the size was known before reading.
    case tooManyBytes(limit: Int, line: Int?)
    case recordTooLong(limit: Int, line: Int)
    case tooManyFields(limit: Int, line: Int)
    case tooManyRecords(limit: Int, line: Int)
    case unclosedQuote(line: Int)
    case utf16
    /// A zero byte: a spreadsheet, an archive or another binary file.
    case notText(line: Int)

    package var line: Int? {
        switch self {
        case .tooManyBytes(_, let line): line
        case .recordTooLong(_, let line), .tooManyFields(_, let line), .tooManyRecords(_, let line): line
        case .unclosedQuote(let line), .notText(let line): line
        case .utf16: nil
        }
    }
}

extension ImportError {
    /// The same fault in the words of an import.
    package init(_ error: DelimitedTextError) {
        switch error {
        case .tooManyBytes(let limit, _):
            self.init(
                code: "file-too-large", "the file is larger than \(limit) bytes", line: error.line,
                fix: "download fewer accounts or a shorter range at once")
        case .recordTooLong(let limit, _):
            self.init(
                code: "record-too-long", "a record is longer than \(limit) bytes", line: error.line,
                fix: "look for a quote that is never closed near that line, or download the file again")
        case .tooManyFields(let limit, _):
            self.init(
                code: "too-many-fields", "a record has more than \(limit) fields", line: error.line,
                fix: "download the file again; do not edit it")
        case .tooManyRecords(let limit, _):
            self.init(
                code: "too-many-records", "the file has more than \(limit) records", line: error.line,
                fix: "download fewer accounts or a shorter range at once")
        case .unclosedQuote:
            self.init(
                code: "unclosed-quote", "a quoted field is never closed", line: error.line,
                fix: "the download may be cut off: download the file again")
        case .utf16:
            self.init(
                code: "utf-16", "the file is UTF-16 text, which spreadsheets write as \"Unicode text\"",
                fix: "import the file as it was downloaded, or save it as \"CSV UTF-8\"")
        case .notText:
            self.init(
                code: "not-text", "the file is not delimited text", line: error.line,
                fix: "import the CSV file as it was downloaded, not a workbook, PDF or archive")
        }
    }
}
