import PortfolioModel

/// `/ESM5`: product, month letter, year of one digit (two are accepted). The exchange is not part of it.
struct FutureSymbol: Hashable, Sendable {
    static let monthLetters = Array("FGHJKMNQUVXZ")

    /// With its slash: `/ES`.
    let product: String
    let monthLetter: Character
    /// One or two digits as written.
    let yearDigits: String

    init?(_ text: some StringProtocol) {
        guard text.hasPrefix("/"), text.utf8.count <= 12 else { return nil }
        let body = text.dropFirst()
        let digits = body.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (1...2).contains(digits), body.count > digits + 1 else { return nil }
        let letter = body[body.index(body.endIndex, offsetBy: -digits - 1)]
        let code = body.dropLast(digits + 1)
        guard Self.monthLetters.contains(letter), (1...5).contains(code.count),
            code.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) })
        else { return nil }
        product = "/" + code
        monthLetter = letter
        yearDigits = String(body.suffix(digits))
    }

    /// The symbol with a one-digit year, as the venue lists it.
    var canonical: String { "\(product)\(monthLetter)\(yearDigits.suffix(1))" }

    /// The contract's year: that with these digits nearest to, and not before, the year given.
    func year(notBefore year: Int) -> Int {
        guard let digits = Int(yearDigits) else { return year }
        let cycle = yearDigits.count == 1 ? 10 : 100
        return year + ((digits - year % cycle) + cycle) % cycle
    }

    /// `/ESM25:XCME`.
    func streamerSymbol(year: Int, exchange: String) -> String {
        "\(product)\(monthLetter)\(twoDigits(year)):\(exchange)"
    }

    /// The feed's exchange code of the products most traded; nil for one that has to be looked up.
    var exchange: String? { Self.exchanges[product] }

    private static let exchanges: [String: String] = {
        var table: [String: String] = [:]
        for (exchange, products) in [
            ("XCME", "ES MES NQ MNQ RTY M2K 6A 6B 6C 6E 6J 6M 6N 6S M6A M6B M6E BTC MBT ETH MET GE SR3 LE HE GF"),
            ("XCBT", "YM MYM ZB UB ZN TN ZF ZT ZC XC ZS XK ZW XW ZL ZM"), ("XCEC", "GC MGC SI SIL HG MHG"),
            ("XNYM", "CL MCL QM NG MNG QG RB HO PL PA"), ("XCBF", "VX VXM"),
        ] {
            for product in products.split(separator: " ") { table["/" + product] = exchange }
        }
        return table
    }()
}

func twoDigits(_ year: Int) -> String {
    let value = year % 100
    return value < 10 ? "0\(value)" : "\(value)"
}
