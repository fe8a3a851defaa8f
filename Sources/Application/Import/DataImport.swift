import BrokerKit
import Foundation
import PortfolioModel
import PortfolioStore
import ReferenceData
import Supervision

/// A file of exchange rates or daily closes on its way into the store: read whole, then written whole or not at all.
struct DataImport: Sendable {
    let core: ServiceCore

    func respond(to request: DataImportRequest) async throws -> ControlResponse {
        guard let data = Data(base64Encoded: request.bytes) else {
            throw CommandError("bad-request", "the file's bytes did not arrive whole", file: request.fileName)
        }
        let document: DataImportDocument
        do {
            switch request.kind {
            case .rates: document = try await rates(request, [UInt8](data))
            case .prices: document = try await prices(request, [UInt8](data))
            }
        } catch let error as ImportError {
            throw CommandError(
                error.code, error.message, file: request.fileName, line: error.line, field: error.field, fix: error.fix,
                exit: .dataError)
        }
        var response = ControlResponse()
        response.kind = .dataImport
        response.result = try DocumentEncoder().text(document)
        return response
    }

    private func rates(_ request: DataImportRequest, _ bytes: [UInt8]) async throws -> DataImportDocument {
        let file = try ECBRates(reading: bytes, today: core.clock.date(in: .frankfurt))
        let written = request.dryRun ? nil : try await core.take(file)
        return DataImportDocument(
            sequence: await core.supervisor.book.sequence, kind: request.kind.rawValue, file: request.fileName,
            layout: file.layout.rawValue, isPreview: request.dryRun, rows: file.rates.count, written: written,
            first: file.rates.map(\.date).min() ?? core.clock.now().utcDate,
            last: file.latest ?? core.clock.now().utcDate)
    }

    private func prices(_ request: DataImportRequest, _ bytes: [UInt8]) async throws -> DataImportDocument {
        let file = try PriceFile(reading: bytes, today: core.clock.date(in: .newYork))
        let book = await core.supervisor.book
        let resolver = PriceResolver(master: book.master, fileName: request.fileName)
        var prices: [DailyPrice] = []
        for row in file.rows { prices.append(try resolver.price(row)) }
        let doubts = try doubts(about: zip(file.rows, prices).map { PriceDoubts.Row(line: $0.line, price: $1) }, book)
        let written = request.dryRun ? nil : try core.store.savePrices(prices)
        let dates = prices.map(\.date)
        return DataImportDocument(
            sequence: book.sequence, kind: request.kind.rawValue, file: request.fileName, layout: "closes",
            isPreview: request.dryRun, rows: prices.count, written: written,
            first: dates.min() ?? core.clock.now().utcDate, last: dates.max() ?? core.clock.now().utcDate,
            warnings: doubts)
    }

    /// Beside the closes that are held around the file's dates.
    private func doubts(about rows: [PriceDoubts.Row], _ book: Book) throws -> [PriceDoubts.Doubt] {
        guard let first = rows.map(\.price.date).min(), let last = rows.map(\.price.date).max() else { return [] }
        let held = try core.store.prices(
            of: Set(rows.map(\.price.instrument)), from: first.adding(days: -31), through: last.adding(days: 31))
        return PriceDoubts(rows, held: held).all(in: book.master)
    }
}

extension ServiceCore {
    /// Keeps a file of reference rates: its days as history, the latest as the book's. Returns how many rates were new
    /// or different.
    func take(_ file: ECBRates) async throws -> Int {
        let written = try store.saveRates(file.rates)
        await supervisor.set(file.latestRates)
        return written
    }
}

/// Finds the instrument a row of closes is about.
struct PriceResolver {
    private let bySymbol: [String: [Instrument]]
    private let fileName: String

    init(master: InstrumentMaster, fileName: String) {
        bySymbol = Dictionary(grouping: master.instruments, by: \.symbol)
        self.fileName = fileName
    }

    /// Throws `ImportError` when no instrument or several go by the symbol, it is quoted in another currency, or its
    /// exchange had no session on the date.
    func price(_ row: PriceFile.Row) throws(ImportError) -> DailyPrice {
        guard let named = bySymbol[row.symbol], let first = named.first else {
            throw ImportError(
                code: "unknown-symbol", "no instrument is called `\(row.symbol.prefix(40))`", line: row.line,
                field: "symbol", fix: "write it as `tributary instruments` does; only instruments known there are kept")
        }
        let fitting = row.currency.map { currency in named.filter { $0.currency == currency } } ?? named
        guard let instrument = fitting.first else {
            throw ImportError(
                code: "other-currency",
                "\(row.symbol) is quoted in \(first.currency), not in \(row.currency?.code ?? "-")",
                line: row.line, field: "currency", fix: "give the closes in \(first.currency)")
        }
        guard fitting.count == 1 else {
            throw ImportError(
                code: "ambiguous-symbol", "\(fitting.count) instruments are called \(row.symbol)", line: row.line,
                field: row.currency == nil ? "currency" : "symbol", fix: "give its currency in a column of its own")
        }
        let sessions = ClosingSessions(instrument)
        if sessions.isComplete, let calendar = sessions.calendar, !calendar.isSession(row.date) {
            throw ImportError(
                code: "no-session", "the exchange of \(row.symbol) had no session on \(row.date)", line: row.line,
                field: "date", fix: "give the date of the session that the close is of, or remove the row")
        }
        let calendar = sessions.calendar ?? .newYork
        let close = calendar.hours(on: row.date)?.close ?? calendar.zone.instant(row.date, hour: 16, minute: 0)
        return DailyPrice(
            instrument: instrument.id, date: row.date, open: row.open, close: row.close,
            source: "file:\(row.source ?? fileName)", asOf: close)
    }
}
