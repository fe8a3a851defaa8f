import Foundation
import PortfolioModel
import Pricing
import Testing

/// A table of reference values beside this file, made by `make_references.py`.
struct ReferenceTable {
    let rows: [Row]

    struct Row {
        var line: Int
        var fields: [String: String]

        func number(_ name: String) throws -> Double {
            try #require(Double(fields[name] ?? ""), "\(name), line \(line)")
        }
    }

    init(_ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("References/\(name)")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let names = try #require(lines.first).map(String.init)
        rows = lines.dropFirst().enumerated().map { index, values in
            Row(line: index + 2, fields: Dictionary(uniqueKeysWithValues: zip(names, values.map(String.init))))
        }
    }
}

extension ReferenceTable.Row {
    /// The option that the row is about; `exercise` where the table has no dividends.
    func model(_ exercise: ExerciseStyle = .european) throws -> OptionModel {
        let formula = try #require(OptionModel.Formula(rawValue: fields["formula"] ?? "bsm"))
        let dividends = try (fields["dividends"] ?? "").split(separator: ";").map { pair in
            let parts = pair.split(separator: ":").compactMap { Double($0) }
            return CashDividend(years: try #require(parts.first), amount: try #require(parts.last))
        }
        return OptionModel(
            right: try number("sign") > 0 ? .call : .put, underlyingPrice: try number("spot"),
            strike: try number("strike"), years: try number("years"), rate: try number("rate"),
            yield: try number("yield"), formula: formula, exercise: exercise, dividends: dividends)
    }
}

extension OptionValuation {
    /// The Greeks by name, in the tables' order.
    static var greeks: [(name: String, value: @Sendable (OptionValuation) -> Double)] {
        [
            ("delta", { $0.delta }), ("gamma", { $0.gamma }), ("theta", { $0.theta }), ("vega", { $0.vega }),
            ("rho", { $0.rho }), ("vanna", { $0.vanna }), ("volga", { $0.volga }), ("charm", { $0.charm }),
        ]
    }
}
