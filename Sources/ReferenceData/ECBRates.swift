package import BrokerKit
package import PortfolioModel

/// The European Central Bank's euro reference rates, from its files: `eurofxref-daily.xml`, `-hist-90d.xml`,
/// `-hist.xml` (gesmes) and `eurofxref.csv`, `eurofxref-hist.csv`. Each rate is units of a currency for one euro,
/// stated about 16:00 in Frankfurt on TARGET days. A file is read whole or refused.
package struct ECBRates: Sendable, Equatable {
    package enum Layout: String, Sendable { case xml = "ecb-xml", csv = "ecb-csv" }

    package var layout: Layout
    /// Oldest day first, then by currency.
    package var rates: [DailyFXRate]

    /// Throws `ImportError` with line, field and what to do. `today` refuses dates that have not come.
    package init(reading bytes: [UInt8], today: CalendarDate) throws(ImportError) {
        if bytes.starts(with: [0x50, 0x4B]) {
            throw ImportError(code: "archive", "the file is a zip archive", fix: "unzip it and import the file in it")
        }
        let start = bytes.first { ![0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF].contains($0) }
        layout = start == UInt8(ascii: "<") ? .xml : .csv
        let days = layout == .xml ? try ECBXMLReader.days(of: bytes) : try ECBCSVReader.days(of: bytes)
        rates = try Self.rates(days, today: today)
    }

    /// The latest day's date.
    package var latest: CalendarDate? { rates.last?.date }

    /// The latest day's rates.
    package var latestRates: [FXRate] { rates.filter { $0.date == latest }.map(\.rate) }

    private static func rates(_ days: [ECBDay], today: CalendarDate) throws(ImportError) -> [DailyFXRate] {
        var seen: Set<CalendarDate> = []
        var rows: [DailyFXRate] = []
        for day in days {
            guard seen.insert(day.date).inserted else {
                throw ImportError(
                    code: "duplicate-date", "\(day.date) is stated twice", line: day.line, field: day.field,
                    fix: "download the file again")
            }
            guard day.date <= today else {
                throw ImportError(
                    code: "future-date", "\(day.date) has not come yet", line: day.line, field: day.field,
                    fix: "download the file again; check this machine's clock")
            }
            let asOf = MarketZone.frankfurt.instant(day.date, hour: 16, minute: 0)
            for (currency, rate) in day.rates {
                rows.append(
                    DailyFXRate(
                        date: day.date,
                        rate: FXRate(
                            base: .eur, quote: currency, rate: rate, asOf: asOf, source: FXRate.ecbSource)))
            }
        }
        guard !rows.isEmpty else {
            throw ImportError(
                code: "no-rates", "the file holds no rate",
                fix: "import eurofxref-daily.xml, eurofxref-hist-90d.xml, eurofxref-hist.xml or their CSV form")
        }
        return rows.sorted { ($0.date, $0.rate.quote) < ($1.date, $1.rate.quote) }
    }
}

/// One day as a file states it.
struct ECBDay {
    var date: CalendarDate
    /// Where the date stands.
    var line: Int
    var field: String
    var rates: [Currency: FixedDecimal] = [:]

    /// Reads one rate. Throws when currency or rate are not what they should be, or the currency came before.
    mutating func add(_ code: String, _ text: String, line: Int, field: String) throws(ImportError) {
        guard let currency = Currency(code), currency.hasISOForm, currency != .eur else {
            throw ImportError(
                code: "bad-currency", "`\(code.prefix(20))` is not a currency with a rate to the euro", line: line,
                field: field, fix: "download the file again")
        }
        guard let rate = try? FixedDecimal(text), rate.signum > 0, text.utf8.allSatisfy(Self.isPlain) else {
            throw ImportError(
                code: "bad-rate", "`\(text.prefix(20))` is not a rate of \(currency)", line: line, field: field,
                fix: "a rate is digits with a point, or N/A; download the file again")
        }
        guard rates.updateValue(rate, forKey: currency) == nil else {
            throw ImportError(
                code: "duplicate-currency", "\(currency) is stated twice for \(date)", line: line, field: field,
                fix: "download the file again")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == 0x2E }
}
