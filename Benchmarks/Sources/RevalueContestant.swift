import Foundation
import PortfolioModel

/// W6: a book of four currencies revalued exactly, in base currency by account. A unit is a pass over the book.
struct RevalueContestant: Contestant {
    /// In 1e-8 of base currency, by account.
    struct Result: Encodable { var values: [Int64], gains: [Int64] }

    private struct Row {
        let account: Int
        let quantity: FixedDecimal
        let price: FixedDecimal
        let average: FixedDecimal
        let multiplier: FixedDecimal
        let rate: FixedDecimal
    }

    private let rows: [Row]
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
        let text = try String(contentsOfFile: path, encoding: .utf8)
        rows = try text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            guard cells.count == 6, let account = Int(cells[0]), let currency = Currency(cells[1]) else {
                throw BenchmarkError("not a position: \(line)")
            }
            guard let rate = table.rate(from: currency, to: .usd).value else {
                throw BenchmarkError("no rate: \(line)")
            }
            return Row(
                account: account, quantity: try FixedDecimal(cells[2]), price: try FixedDecimal(cells[3]),
                average: try FixedDecimal(cells[4]), multiplier: try FixedDecimal(cells[5]),
                rate: rate)
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
        var values = [FixedDecimal](repeating: .zero, count: 4)
        var gains = values
        for row in rows {
            let units = try row.quantity.multiplied(by: row.multiplier)
            let value = try units.multiplied(by: row.price).multiplied(by: row.rate)
            let gain = try units.multiplied(by: row.price - row.average).multiplied(by: row.rate)
            values[row.account] = try values[row.account] + value
            gains[row.account] = try gains[row.account] + gain
        }
        return (values, gains)
    }
}
