import Foundation
import PortfolioModel

/// W6: a book of four currencies revalued exactly, in base currency by account. A unit is a pass over the book.
struct RevalueContestant: Contestant {
    /// In 1e-8 of base currency, by account.
    struct Result: Encodable { var values: [Int64], gains: [Int64] }

    private struct Row {
        let account: Int
        /// Place in `currencies`.
        let currency: Int
        /// Quantity x multiplier, which no price changes; whole in this book, as the engine's quick way asks.
        let worth: Int64
        let price: FixedDecimal
        let average: FixedDecimal
    }

    private let rows: [Row]
    private let table: FXTable
    private static let currencies = ["USD", "EUR", "GBP", "INR"].compactMap { Currency($0) }
    private static let rates = [("EUR", "1.0853"), ("GBP", "1.2671"), ("INR", "0.01183432")]

    init(_ path: String) throws {
        var table = FXTable()
        for (code, rate) in Self.rates {
            guard let currency = Currency(code) else { throw BenchmarkError("no currency \(code)") }
            table.set(
                FXRate(
                    base: currency, quote: .usd, rate: try FixedDecimal(rate), asOf: Frames.time(of: 0),
                    source: "bench"))
        }
        self.table = table
        let text = try String(contentsOfFile: path, encoding: .utf8)
        rows = try text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            guard cells.count == 6, let account = Int(cells[0]), let currency = Currency(cells[1]),
                let place = Self.currencies.firstIndex(of: currency)
            else { throw BenchmarkError("not a position: \(line)") }
            let units = try FixedDecimal(cells[2]).multiplied(by: FixedDecimal(cells[5]))
            guard units.isWhole, let worth = Int64(exactly: units.raw / FixedDecimal.unitsPerOne) else {
                throw BenchmarkError("not a whole number of units: \(line)")
            }
            return Row(
                account: account, currency: place, worth: worth, price: try FixedDecimal(cells[3]),
                average: try FixedDecimal(cells[4]))
        }
    }

    func check() throws -> Result {
        let (values, gains) = try revalued()
        return Result(values: values.map { Int64($0.raw) }, gains: gains.map { Int64($0.raw) })
    }

    func round(_ count: Int) throws -> Round {
        let watch = Stopwatch()
        for _ in 0..<count { _ = try revalued() }
        return Round(watch.elapsed, count: count * rows.count)
    }

    private func revalued() throws -> (values: [FixedDecimal], gains: [FixedDecimal]) {
        let rates = try Self.currencies.map { currency in
            guard let rate = table.rate(from: currency, to: .usd).value else {
                throw BenchmarkError("no rate of \(currency)")
            }
            return rate
        }
        var values = [FixedDecimal](repeating: .zero, count: 4)
        var gains = values
        for row in rows {
            let rate = rates[row.currency]
            let value = try row.price.multiplied(byWhole: row.worth).multiplied(by: rate)
            let gain = try (row.price - row.average).multiplied(byWhole: row.worth).multiplied(by: rate)
            values[row.account] = try values[row.account] + value
            gains[row.account] = try gains[row.account] + gain
        }
        return (values, gains)
    }
}
