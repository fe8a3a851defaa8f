import BrokerKit
import BrokerTestKit
import Fidelity
import Foundation
import PortfolioModel
import Testing

/// Three months after the newest fixture.
let testNow = MarketZone.newYork.instant(CalendarDate(dayNumber: 20_760), hour: 12, minute: 0)

func fixture(_ name: String) throws -> [UInt8] {
    let folder = try #require(Bundle.module.resourceURL)
    return Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)")))
}

func read(
    _ bytes: [UInt8], fileName: String = "positions.csv", asOf: CalendarDate? = nil, now: Timestamp = testNow
) throws(ImportError) -> ImportDocument {
    try FidelityPositionsReader(clock: ManualClock(now)).read(fileName: fileName, bytes: bytes, asOf: asOf)
}

/// A file of layout P2's columns without its gains, with these rows and a footer.
func sheet(_ rows: String...) throws(ImportError) -> ImportDocument {
    let header = "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,"
    let text = header + "Cost Basis Total,Average Cost Basis,Type\n" + rows.map { $0 + "\n" }.joined()
    return try read(Array((text + "\"Date downloaded 08/03/2026 2:26 PM ET\"\n").utf8))
}

func decimal(_ text: String) -> FixedDecimal? { try? FixedDecimal(text) }

extension ImportDocument {
    func snapshot(_ account: String) throws -> AccountSnapshot {
        try #require(snapshots.first { $0.account.number == account })
    }

    /// Reason and field of every refused row.
    var refusals: [(line: Int, reason: String, field: String?)] {
        rows.compactMap { row in
            guard case .refused(let reason, let field, _) = row.content else { return nil }
            return (row.firstLine, reason, field)
        }
    }

    /// Whether each physical line belongs to exactly one row.
    var coversEveryLine: Bool {
        var next = 1
        for row in rows {
            guard row.firstLine == next, row.lastLine >= row.firstLine else { return false }
            next = row.lastLine + 1
        }
        return next == lineCount + 1
    }
}

extension AccountSnapshot {
    func position(_ symbol: String) throws -> VenuePosition {
        try #require(positions.first { $0.instrument.symbol.text == symbol })
    }
}
