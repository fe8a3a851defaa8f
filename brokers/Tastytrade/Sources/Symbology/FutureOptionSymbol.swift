import PortfolioModel

/// `./ESU5 ESU5  250919P900`: a dot, the future in six columns, the option's contract code in six, date, right, strike.
struct FutureOptionSymbol: Hashable, Sendable {
    let future: FutureSymbol
    /// `OGX5`, `E1AN6`.
    let contractCode: String
    let expiry: CalendarDate
    let right: OptionRight
    let strike: FixedDecimal

    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 21, bytes.count <= 40, bytes[0] == UInt8(ascii: ".") else { return nil }
        func column(_ range: Range<Int>) -> Substring {
            Substring(String(decoding: bytes[range], as: UTF8.self)).trimmingSuffix { $0 == " " }
        }
        let code = column(7..<13)
        guard let future = FutureSymbol(column(1..<7)), code.count >= 3,
            code.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) }), code.last?.isNumber == true,
            let expiry = CalendarDate(yyMMdd: bytes[13..<19]),
            let right = OptionRight(letter: Character(UnicodeScalar(bytes[19]))),
            let strike = try? FixedDecimal(parsing: bytes[20...], rounding: nil), strike > .zero
        else { return nil }
        self.future = future
        contractCode = String(code)
        self.expiry = expiry
        self.right = right
        self.strike = strike
    }

    /// The contract code without month and year: `OG`, `E1A`.
    var productCode: String {
        let withoutYear = contractCode.dropLast(contractCode.reversed().prefix { $0.isNumber }.count)
        return String(withoutYear.dropLast())
    }

    /// `./OGX25P2040:XCEC`: the year in two digits, no date, no future.
    func streamerSymbol(exchange: String) -> String {
        let digits = contractCode.reversed().prefix { $0.isNumber }.count
        let cycle = digits == 1 ? 10 : 100
        let year = expiry.components.year
        let written = Int(contractCode.suffix(digits)) ?? year % cycle
        let contractYear = year + ((written - year % cycle) + cycle) % cycle
        return "./\(contractCode.dropLast(digits))\(twoDigits(contractYear))\(right.letter)\(strike):\(exchange)"
    }
}

extension Substring {
    func trimmingSuffix(_ isPadding: (Character) -> Bool) -> Substring {
        var result = self
        while let last = result.last, isPadding(last) { result.removeLast() }
        return result
    }
}
