import Foundation

/// A positions file of the broker's later layout, with a footer that dates it.
struct Sheet {
    var rows: [String]
    var date: String

    static let header =
        "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,"
        + "Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,"
        + "Percent Of Account,Cost Basis Total,Average Cost Basis,Type"

    /// Two accounts, three holdings, cash.
    init(shares: Int = 10, funds: Int = 5, daysAgo: Int = 1) {
        rows = [
            "X98765432,Individual,SPAXX**,HELD IN MONEY MARKET,,,,$1000.25,,,,,10.00%,,,Cash,",
            Self.share("X98765432", "SPY", shares),
            Self.share("X98765432", "AAPL", 20),
            Self.share("Z12345678", "QQQ", funds),
        ]
        let calendar = Calendar(identifier: .gregorian)
        let day = Date().addingTimeInterval(-86_400 * Double(daysAgo))
        let parts = calendar.dateComponents([.year, .month, .day], from: day)
        date = String(format: "%02d/%02d/%04d", parts.month ?? 1, parts.day ?? 1, parts.year ?? 2000)
    }

    static func share(_ account: String, _ symbol: String, _ quantity: Int) -> String {
        "\(account),Individual,\(symbol),\(symbol) SHARES,\(quantity),$100.00,+$0.50,$\(quantity * 100).00,,,,,,"
            + "$\(quantity * 90).00,$90.00,Cash,"
    }

    var text: String {
        ([Self.header] + rows + ["", "\"Date downloaded \(date) 1:00 PM ET\""]).map { $0 + "\r\n" }.joined()
    }

    /// Writes it; the path.
    func write(_ name: String, in program: Program) throws -> String {
        let url = program.home.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
    }
}
