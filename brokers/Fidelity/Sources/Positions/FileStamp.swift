import BrokerKit
import PortfolioModel

/// When a file says its figures were true, and where it says so.
struct FileStamp {
    var instant: Timestamp
    var date: CalendarDate
    /// `footer`, `fileName` or `option`.
    var source: String
    var warnings: [ImportWarning] = []

    private static let marker = "date downloaded"

    /// Text that runs over lines is told by its reader: a stray quote may have put the footer into a holding.
    static func isFooter(_ record: SheetRecord) -> Bool {
        !record.hasLineEnds && text(after: marker, in: record) != nil
    }

    /// The footer's time, else the file name's date, else the date given: the latter two stand for the close of that
    /// day's
    /// session in New York. Throws `no-as-of`, and `future-as-of` for a time more than a day ahead of `now`.
    static func find(
        in records: [SheetRecord], fileName: String, option: CalendarDate?, now: Timestamp
    ) throws(ImportError) -> FileStamp {
        var warnings: [ImportWarning] = []
        let footer = footer(in: records, &warnings)
        guard var stamp = footer?.stamp ?? atClose(date(inFileName: fileName), "fileName") ?? atClose(option, "option")
        else {
            throw ImportError(
                code: "no-as-of", "neither the file nor its name says when it was downloaded",
                fix: "pass --as-of YYYY-MM-DD with the day of the download")
        }
        if let option, option != stamp.date {
            warnings.append(
                ImportWarning(
                    line: footer?.line ?? 1,
                    text: "the file is as of \(stamp.date); the given date \(option) was not used"))
        }
        guard stamp.instant <= now.adding(.seconds(86_400)) else {
            throw ImportError(
                code: "future-as-of", "the file is as of \(stamp.date), more than a day ahead of now",
                line: footer?.line, fix: "check the file's date and this machine's clock")
        }
        stamp.warnings = warnings
        return stamp
    }

    private static func footer(
        in records: [SheetRecord], _ warnings: inout [ImportWarning]
    ) -> (stamp: FileStamp, line: Int)? {
        var found: (stamp: FileStamp, line: Int)?
        for record in records {
            guard let text = text(after: marker, in: record) else { continue }
            guard let moment = DownloadMoment(text) else {
                warnings.append(ImportWarning(line: record.firstLine, text: "the download date could not be read"))
                continue
            }
            warnings += moment.remarks.map { ImportWarning(line: record.firstLine, text: $0) }
            let instant = moment.time.map {
                MarketZone.newYork.instant(moment.date, hour: $0.hour, minute: $0.minute)
            }
            let stamp = FileStamp(instant: instant ?? close(of: moment.date), date: moment.date, source: "footer")
            guard let first = found else {
                found = (stamp, record.firstLine)
                continue
            }
            if first.stamp.instant != stamp.instant {
                warnings.append(
                    ImportWarning(line: record.firstLine, text: "a second download date; the earliest one counts"))
                if stamp.instant < first.stamp.instant { found = (stamp, record.firstLine) }
            }
        }
        return found
    }

    private static func text(after marker: String, in record: SheetRecord) -> String? {
        let line = record.cells.joined(separator: " ")
        // Almost no line has it: bytes tell that faster than characters do.
        guard line.holdsIgnoringCase(marker) else { return nil }
        let text = line.lowercased()
        return text.firstRange(of: marker).map { String(text[$0.upperBound...]) }
    }

    private static func atClose(_ date: CalendarDate?, _ source: String) -> FileStamp? {
        date.map { FileStamp(instant: close(of: $0), date: $0, source: source) }
    }

    private static func close(of date: CalendarDate) -> Timestamp {
        ExchangeCalendar.newYork.hours(on: date)?.close ?? MarketZone.newYork.instant(date, hour: 16, minute: 0)
    }

    /// The date of `Portfolio_Positions_Aug-03-2026.csv`, whatever stands before and after it.
    static func date(inFileName name: String) -> CalendarDate? {
        let name = name.lowercased()
        guard let mark = name.firstRange(of: "portfolio_positions_") else { return nil }
        return DownloadMoment.date(
            name[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" }.prefix(11))
    }
}
