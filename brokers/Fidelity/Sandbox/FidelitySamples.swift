import Foundation
package import Sandbox

/// Positions files as the broker's web site exports them, of two accounts, priced from the simulated market.
package enum FidelitySamples {
    /// Two files: the long-lived layout with title-case headers, and the later one with sentence-case headers. Their
    /// shares and options are in the market, so that they can be priced live; expiries are relative to its day.
    /// `asOf` is the day in names and footers.
    package static func files(
        asOf today: MarketDate, market: SimulatedMarket
    ) async -> [(name: String, bytes: [UInt8])] {
        let model = market.snapshot
        return [
            (name(today, suffix: ""), Array("\u{FEFF}".utf8) + Array(titleCase(today, model).utf8)),
            (name(today, suffix: " (1)"), Array("\u{FEFF}".utf8) + Array(sentenceCase(today, model).utf8)),
        ]
    }

    private static func name(_ day: MarketDate, suffix: String) -> String {
        let parts = day.parts
        let number = parts.day < 10 ? "0\(parts.day)" : "\(parts.day)"
        return "Portfolio_Positions_\(day.monthName)-\(number)-\(parts.year)\(suffix).csv"
    }

    private static func titleCase(_ day: MarketDate, _ market: MarketModel) -> String {
        let header = [
            "Account Number", "Account Name", "Symbol", "Description", "Quantity", "Last Price", "Last Price Change",
            "Current Value", "Today's Gain/Loss Dollar", "Today's Gain/Loss Percent", "Total Gain/Loss Dollar",
            "Total Gain/Loss Percent", "Percent Of Account", "Cost Basis Total", "Average Cost Basis", "Type",
        ]
        var sheet = FidelitySheet(account: "X00000001", accountName: "Individual", market: market)
        sheet.addCash(symbol: "SPAXX**", description: "HELD IN MONEY MARKET", value: "12450.40")
        sheet.addShare("SPY", quantity: "40", cost: "548.12")
        sheet.addShare("AAPL", quantity: "65", cost: "188.9", type: "Margin")
        sheet.addShare("NVDA", quantity: "120.5", cost: "112.35")
        sheet.addOption(root: "SPY", days: 60, strike: 570, right: .put, quantity: 2, cost: "9.4")
        sheet.addOption(root: "AAPL", days: 30, strike: 250, right: .call, quantity: -1, cost: "3.1")
        sheet.addByCUSIP("912810TV0", description: "UNITED STATES TREAS BDS 4.75000% 11/15/2053", value: "4987.50")
        sheet.addPending("-35.10")
        return sheet.text(header: header, trailingComma: true, footer: footer(day))
    }

    private static func sentenceCase(_ day: MarketDate, _ market: MarketModel) -> String {
        let header = [
            "Account number", "Account name", "Symbol", "Description", "Quantity", "Last price", "Last price change",
            "Current value", "Today's gain/loss dollar", "Today's gain/loss percent", "Total gain/loss dollar",
            "Total gain/loss percent", "Percent of account", "Cost basis total", "Average cost basis", "Type",
        ]
        var sheet = FidelitySheet(account: "Z00000002", accountName: "ROTH IRA, \"long term\"", market: market)
        sheet.addCash(symbol: "FDRXX**", description: "HELD IN MONEY MARKET", value: "3210.07")
        sheet.addShare("QQQ", quantity: "30", cost: "402.55")
        sheet.addShare("IWM", quantity: "75.125", cost: "201.3")
        sheet.addOption(root: "QQQ", days: 60, strike: 500, right: .put, quantity: 1, cost: "8.05")
        return sheet.text(header: header, trailingComma: false, footer: footer(day))
    }

    private static func footer(_ day: MarketDate) -> [String] {
        let parts = day.parts
        let number = parts.day < 10 ? "0\(parts.day)" : "\(parts.day)"
        return [
            "",
            "\"The data and information in this spreadsheet is provided to you solely for your use and is not for "
                + "distribution. It is provided for informational purposes only.\"",
            "",
            "\"Brokerage services are provided by the broker named on your statement; this sample is fictional.\"",
            "",
            "\"Date downloaded \(day.monthName)-\(number)-\(parts.year) 4:31 p.m ET\"",
        ]
    }
}
