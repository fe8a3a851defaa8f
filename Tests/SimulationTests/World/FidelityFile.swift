import BrokerKit
import PortfolioModel

/// Positions files as a person downloads them now and then.
struct FidelityFile: Sendable {
    static let account = "X77000001"
    /// Shares by symbol, as the file states them.
    var shares: [String: Int]
    var text: String

    /// Another state of the account, some days without one of its holdings.
    static func next(at now: Timestamp, using random: inout SeededGenerator) -> FidelityFile {
        var shares: [String: Int] = [:]
        for symbol in ["MSFT", "SPY", "VTI"] where Int.random(in: 0..<5, using: &random) > 0 {
            shares[symbol] = Int.random(in: 1...400, using: &random)
        }
        shares["KO"] = 30
        var text =
            "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,"
            + "Cost Basis Total,Average Cost Basis,Type\n"
        for (symbol, quantity) in shares.sorted(by: { $0.key < $1.key }) {
            text += "\(account),Individual,\(symbol),\(symbol) INC,\(quantity),$100.00,+$1.00,$\(quantity * 100).00,"
            text += "$\(quantity * 90).00,$90.00,Cash\n"
        }
        text += "\(account),Individual,SPAXX**,MONEY MARKET,,,,$1250.40,,,Cash\n"
        text += "\"Date downloaded \(stamp(now))\"\n"
        return FidelityFile(shares: shares, text: text)
    }

    /// `11/23/2026 9:35 AM ET`
    private static func stamp(_ now: Timestamp) -> String {
        let zone = MarketZone.newYork
        let date = zone.date(of: now)
        let minutes = Int(now.seconds(since: zone.instant(date, hour: 0, minute: 0))) / 60
        let (hour, minute) = (minutes / 60, minutes % 60)
        let parts = date.description.split(separator: "-")
        let shown = hour % 12 == 0 ? 12 : hour % 12
        return "\(parts[1])/\(parts[2])/\(parts[0]) \(shown):\(minute < 10 ? "0" : "")\(minute) "
            + "\(hour < 12 ? "AM" : "PM") ET"
    }
}
