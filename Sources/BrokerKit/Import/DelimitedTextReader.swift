/// The project's one reader of delimited text (RFC 4180), streaming: fed with chunks, it yields records.
///
/// Lines end in CRLF, LF or a bare CR. A quoted field may hold delimiters, line ends and doubled quotes; text after
/// the closing quote is taken as part of the field (`"Name" X1` reads `Name X1`), a quote inside an unquoted field as
/// itself. A blank line is a record with one empty field, so the records' line spans add up to the file's lines; the
/// last line end of a file starts no further line. A UTF-8 byte order mark is dropped, UTF-16 and bytes that are not
/// text are refused. Memory is bounded by the largest record allowed and the chunk just fed.
package struct DelimitedTextReader: Sendable {
    private enum State: Sendable {
        /// First bytes not seen yet: a byte order mark may follow.
        case fileStart
        case fieldStart
        case unquoted
        case quoted
        /// A quote inside a quoted field: its end, or the first half of a doubled one.
        case quoteInQuoted
    }

    private let limits: DelimitedTextLimits
    private let delimiter: UInt8
    private var state = State.fileStart
    /// The last byte was a CR, so an LF right after it belongs to the same line end.
    private var afterCarriageReturn = false
    private var pending: [UInt8] = []
    private var position = 0
    private var finished = false
    private var failure: DelimitedTextError?

    private var record = DelimitedRecord(firstLine: 1)
    private var recordBytes = 0
    private var recordCount = 0
    private var totalBytes = 0
    /// The physical line that the next byte is on, from 1.
    private var line = 1

    package init(limits: DelimitedTextLimits = .init(), delimiter: UInt8 = UInt8(ascii: ",")) {
        self.limits = limits
        self.delimiter = delimiter
    }

    /// Adds bytes to be read. Drain with `next()` before the next chunk to keep memory bounded.
    package mutating func feed(_ chunk: some Collection<UInt8>) {
        pending.removeSubrange(..<position)
        position = 0
        pending.append(contentsOf: chunk)
    }

    /// Says that no further bytes come: what is left is the last record.
    package mutating func finish() { finished = true }

    /// The next whole record; nil when more bytes are needed, or after `finish()` when there are none. After an error
    /// every call throws the same error.
    package mutating func next() throws(DelimitedTextError) -> DelimitedRecord? {
        if let failure { throw failure }
        do {
            return try scan()
        } catch {
            failure = error
            pending = []
            position = 0
            throw error
        }
    }

    private mutating func scan() throws(DelimitedTextError) -> DelimitedRecord? {
        if case .fileStart = state {
            guard pending.count - position >= 4 || finished else { return nil }
            try checkStart()
            state = .fieldStart
        }
        while position < pending.count {
            let byte = pending[position]
            position += 1
            totalBytes += 1
            if totalBytes > limits.totalBytes { throw .tooManyBytes(limit: limits.totalBytes, line: line) }
            if byte == 0 { throw .notText(line: line) }
            if let complete = try take(byte) { return complete }
        }
        return finished ? try last() : nil
    }

    /// Advances by one byte; a record when the byte ended one.
    private mutating func take(_ byte: UInt8) throws(DelimitedTextError) -> DelimitedRecord? {
        let isSecondHalf = afterCarriageReturn && byte == UInt8(ascii: "\n")
        afterCarriageReturn = byte == UInt8(ascii: "\r")
        let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        if isSecondHalf {
            // Outside quotes the CR has ended the record already.
            if case .quoted = state { keep(byte) }
            return nil
        }
        recordBytes += 1
        if recordBytes > limits.recordBytes {
            throw .recordTooLong(limit: limits.recordBytes, line: record.firstLine)
        }
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") {
                state = .quoteInQuoted
            } else {
                if isLineEnd { line += 1 }
                keep(byte)
            }
            return nil
        case .quoteInQuoted where byte == UInt8(ascii: "\""):
            state = .quoted
            keep(byte)
            return nil
        case .fieldStart where byte == UInt8(ascii: "\""):
            state = .quoted
            return nil
        case .fileStart, .fieldStart, .unquoted, .quoteInQuoted:
            if byte == delimiter {
                try endField()
            } else if isLineEnd {
                return try endRecord(lastLine: line)
            } else {
                state = .unquoted
                keep(byte)
            }
            return nil
        }
    }

    private mutating func keep(_ byte: UInt8) {
        record.bytes.append(byte)
    }

    private mutating func endField() throws(DelimitedTextError) {
        guard record.count < limits.fields else { throw .tooManyFields(limit: limits.fields, line: record.firstLine) }
        record.ends.append(record.bytes.count)
        state = .fieldStart
    }

    private mutating func endRecord(lastLine: Int) throws(DelimitedTextError) -> DelimitedRecord {
        try endField()
        recordCount += 1
        if recordCount > limits.records {
            throw .tooManyRecords(limit: limits.records, line: record.firstLine)
        }
        var complete = record
        complete.lastLine = lastLine
        line = lastLine + 1
        record = DelimitedRecord(firstLine: line)
        recordBytes = 0
        return complete
    }

    /// The record that the end of the file ends; nil when the file ended with a line end.
    private mutating func last() throws(DelimitedTextError) -> DelimitedRecord? {
        if case .quoted = state { throw .unclosedQuote(line: record.firstLine) }
        guard recordBytes > 0 else { return nil }
        return try endRecord(lastLine: line)
    }

    private mutating func checkStart() throws(DelimitedTextError) {
        let start = pending[position...].prefix(4)
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { throw .utf16 }
        // ASCII in UTF-16 without a mark: every other byte is zero.
        let bytes = Array(start)
        if bytes.count >= 2, (bytes[0] == 0) != (bytes[1] == 0) { throw .utf16 }
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            position += 3
            totalBytes += 3
        }
    }
}

extension DelimitedTextReader {
    /// All records of a whole file in memory.
    package static func records(
        of bytes: [UInt8], limits: DelimitedTextLimits = .init(), delimiter: UInt8 = UInt8(ascii: ",")
    ) throws(DelimitedTextError) -> [DelimitedRecord] {
        guard bytes.count <= limits.totalBytes else { throw .tooManyBytes(limit: limits.totalBytes, line: nil) }
        var reader = DelimitedTextReader(limits: limits, delimiter: delimiter)
        reader.feed(bytes)
        reader.finish()
        var records: [DelimitedRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }
}
