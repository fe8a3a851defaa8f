import BrokerKit
import Foundation
import FoundationXML
import PortfolioModel

/// The XML form: `Envelope/Cube/Cube[@time]/Cube[@currency, @rate]`.
enum ECBXMLReader {
    static func days(of bytes: [UInt8]) throws(ImportError) -> [ECBDay] {
        try requireUTF8(bytes)
        try refuseDeclarations(bytes)
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = true
        let listener = Listener()
        parser.delegate = listener
        let isWhole = parser.parse()
        if let error = listener.error, !listener.isMalformed { throw error }
        guard isWhole else {
            throw ImportError(
                code: "bad-xml", "not well-formed XML", line: max(1, parser.lineNumber),
                fix: "the download may be cut off: download the file again")
        }
        try requireEnd(bytes)
        return listener.days
    }

    /// The parser takes text that ends inside a tag for a whole document.
    private static func requireEnd(_ bytes: [UInt8]) throws(ImportError) {
        let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]
        let text = bytes.prefix((bytes.lastIndex { !blanks.contains($0) } ?? -1) + 1)
        let tag = text.lastIndex(of: UInt8(ascii: "<")).map { String(decoding: text[$0...], as: UTF8.self) } ?? ""
        let name = tag.dropFirst(2).prefix { $0 != ">" }.split(separator: ":").last?.filter { !$0.isWhitespace }
        guard tag.hasPrefix("</"), tag.hasSuffix(">"), name == "Envelope" else {
            throw ImportError(
                code: "cut-off", "the file ends before its last element does",
                line: 1 + text.count { $0 == UInt8(ascii: "\n") },
                fix: "the download may be cut off: download the file again")
        }
    }

    /// Foundation's parser traps on names that are not UTF-8, which no file of the ECB has.
    private static func requireUTF8(_ bytes: [UInt8]) throws(ImportError) {
        let refusal = ImportError(
            code: "bad-encoding", "the file is not UTF-8 text",
            fix: "import the file as it was downloaded from the ECB")
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else { throw refusal }
        let prologue = String(decoding: bytes.prefix(200), as: UTF8.self).lowercased()
        guard let declared = prologue.firstRange(of: "encoding") else { return }
        guard prologue[declared.upperBound...].prefix(12).contains("utf-8") else { throw refusal }
    }

    /// Document types, entities, CDATA sections and processing instructions have no place in these files. The first two
    /// can make a parser fetch or blow up; on an instruction without data Foundation's parser reads no memory at all.
    private static func refuseDeclarations(_ bytes: [UInt8]) throws(ImportError) {
        var line = 1
        for place in bytes.indices {
            if bytes[place] == UInt8(ascii: "\n") { line += 1 }
            guard bytes[place] == UInt8(ascii: "<"), place + 1 < bytes.count else { continue }
            let rest = bytes[(place + 1)...]
            let isPrologue = rest.starts(with: "?xml ".utf8) && !bytes[..<place].contains(UInt8(ascii: "<"))
            let isComment = rest.starts(with: "!--".utf8)
            guard rest.first == UInt8(ascii: "?") && !isPrologue || rest.first == UInt8(ascii: "!") && !isComment else {
                continue
            }
            let word = String(decoding: rest.prefix(9).prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
            throw ImportError(
                code: "not-ecb", "the file has a `<\(word)`, which no file of the ECB has", line: line,
                fix: "import the file as it was downloaded from the ECB")
        }
    }

    private final class Listener: NSObject, XMLParserDelegate {
        private(set) var days: [ECBDay] = []
        private(set) var error: ImportError?
        /// Told before the half element that the parser makes of a cut-off one.
        private(set) var isMalformed = false
        private var depth = 0
        private var isInDay = false

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            depth += 1
            do throws(ImportError) {
                try start(name, attributes, line: max(1, parser.lineNumber))
            } catch {
                self.error = self.error ?? error
                parser.abortParsing()
            }
        }

        func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
            if error == nil { isMalformed = true }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            depth -= 1
            if depth == 2 { isInDay = false }
        }

        private func start(_ name: String, _ attributes: [String: String], line: Int) throws(ImportError) {
            if depth == 1, name != "Envelope" {
                throw ImportError(
                    code: "not-ecb", "the file's first element is `\(name.prefix(20))`, not `Envelope`", line: line,
                    fix: "import eurofxref-daily.xml, eurofxref-hist-90d.xml or eurofxref-hist.xml")
            }
            guard name == "Cube" else { return }
            switch depth {
            case 3: try startDay(attributes, line: line)
            case 4 where isInDay: try addRate(attributes, line: line)
            case 2: break
            default:
                throw ImportError(
                    code: "not-ecb", "a `Cube` where none belongs", line: line, field: "Cube",
                    fix: "download the file again")
            }
        }

        private func startDay(_ attributes: [String: String], line: Int) throws(ImportError) {
            guard let text = attributes["time"], let date = CalendarDate(text) else {
                throw ImportError(
                    code: "bad-date", "`\((attributes["time"] ?? "").prefix(20))` is not a date", line: line,
                    field: "time", fix: "a date is 2025-04-25; download the file again")
            }
            days.append(ECBDay(date: date, line: line, field: "time"))
            isInDay = true
        }

        private func addRate(_ attributes: [String: String], line: Int) throws(ImportError) {
            guard let code = attributes["currency"], let rate = attributes["rate"] else {
                let field = attributes["currency"] == nil ? "currency" : "rate"
                throw ImportError(
                    code: "missing-attribute", "a rate has no `\(field)`", line: line, field: field,
                    fix: "download the file again")
            }
            if rate == "N/A" { return }
            let place = days.count - 1
            try days[place].add(code, rate, line: line, field: "rate")
        }
    }
}
