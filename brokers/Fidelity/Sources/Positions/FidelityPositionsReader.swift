package import BrokerKit
package import PortfolioModel

/// Reads Fidelity's positions files: the download of the Positions page in every known layout (P1 to P7, detected by
/// the
/// names in the header line) and the statement file with its two blocks (P0). brokers/Fidelity/README.md has the rules.
///
/// Every physical line belongs to one row of the document. An account gets a snapshot only when all of its rows were
/// understood; a refused row without an account holds back all of them.
package struct FidelityPositionsReader: FileReader {
    private let clock: any ServiceClock
    private let limits: DelimitedTextLimits

    /// The clock serves only to refuse files from the future.
    package init(clock: any ServiceClock, limits: DelimitedTextLimits = .init()) {
        self.clock = clock
        self.limits = limits
    }

    /// Throws `ImportError`: the reader's own limits, `empty-file`, `history-file`, `unknown-layout`,
    /// `duplicate-column`,
    /// `no-as-of`, `future-as-of`.
    package func read(fileName: String, bytes: [UInt8], asOf: CalendarDate?) throws(ImportError) -> ImportDocument {
        let records = try sheet(bytes)
        guard records.contains(where: { !$0.isBlank }) else {
            throw ImportError(code: "empty-file", "the file holds no text", fix: "download the positions again")
        }
        let start = try PositionsStart.find(in: records)
        let stamp = try FileStamp.find(in: records, fileName: fileName, option: asOf, now: clock.now())
        var sheet = ImportSheet(asOf: stamp.instant, warnings: stamp.warnings)
        for record in records[..<start.index] {
            sheet.ignore(record, record.isBlank ? "blank line" : "before the header line")
        }
        switch start.layout {
        case .positions(let header):
            var parser = PositionsParser(header: header, sheet: sheet)
            for record in records[start.index...] { try parser.take(record) }
            sheet = parser.sheet
            if stamp.source != "footer", let last = records.last {
                sheet.warn(last, "the file has no download date at its end: it may be cut off")
            }
        case .statement(let header):
            var parser = StatementParser(summary: header, sheet: sheet)
            for record in records[start.index...] { parser.take(record) }
            sheet = parser.finished()
        }
        return sheet.document(layout: start.name, stamp: stamp, lineCount: records.last?.lastLine ?? 0)
    }

    private func sheet(_ bytes: [UInt8]) throws(ImportError) -> [SheetRecord] {
        do {
            let records = try DelimitedTextReader.records(of: bytes, limits: limits)
            let encoding = TextEncoding.detect(bytes)
            return records.map { SheetRecord($0, encoding) }
        } catch {
            throw ImportError(error)
        }
    }
}
