import PortfolioModel

/// What the words of a row say about the kind of a security. nil when they say nothing.
enum SecurityWords {
    static func kind(_ symbol: FidelitySymbol, _ cells: HoldingCells) -> InstrumentKind? {
        if case .option = symbol { return nil }
        let type = cells.securityType.lowercased()
        if type.contains("crypto") || isCrypto(symbol.text, cells.description) { return .crypto }
        if type.contains("etf") || type.contains("exchange traded") { return .etf }
        if type.contains("fund") || type.contains("money market") { return .fund }
        if type.contains("bond") || type.contains("fixed income") || type.contains("treasur") { return .bond }
        return nil
    }

    /// Coins by ticker and full name, since funds have the same tickers.
    private static let coins = ["BTC": "bitcoin", "ETH": "ethereum", "LTC": "litecoin", "SOL": "solana"]

    private static func isCrypto(_ symbol: String, _ description: String) -> Bool {
        coins[symbol] == description.lowercased()
    }

    /// The tax status that an account's name tells.
    static func taxStatus(_ name: String) -> Account.TaxStatus? {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        func says(_ word: String) -> Bool { words.contains(word) }
        if words.contains(where: { $0.hasPrefix("401") || $0.hasPrefix("403") }) { return .plan401k }
        if says("hsa") || (says("health") && says("savings")) { return .hsa }
        if says("roth") { return .rothIra }
        if says("ira") || says("rollover") { return .ira }
        if says("individual") || says("joint") || says("tod") || says("brokerage") { return .taxable }
        return nil
    }
}
