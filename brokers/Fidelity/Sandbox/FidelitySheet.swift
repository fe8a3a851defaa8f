import Sandbox

/// The rows of one account's positions file, in the order they are added.
struct FidelitySheet {
    private struct Row {
        var symbol: String
        var description: String
        var quantity = ""
        var price = ""
        var priceChange = ""
        var value: SandboxAmount?
        var dayGain = ("", "")
        var totalGain = ("", "")
        var cost = ""
        var averageCost = ""
        var type = ""
        var hasPercent = true
    }

    private let account: String
    private let accountName: String
    private let market: MarketModel
    private var rows: [Row] = []

    init(account: String, accountName: String, market: MarketModel) {
        self.account = account
        self.accountName = accountName
        self.market = market
    }

    /// The core cash position: its value only.
    mutating func addCash(symbol: String, description: String, value: String) {
        rows.append(Row(symbol: symbol, description: description, value: SandboxAmount(value), type: "Cash"))
    }

    /// A share or fund; a cost of nil is one the broker does not know, `--` and `n/a`.
    mutating func addShare(_ symbol: String, quantity: String, cost: String?, type: String = "Cash") {
        guard let index = market.underlying(named: symbol), let held = SandboxAmount(quantity) else { return }
        add(index, symbol: symbol, quantity: held, multiplier: 1, cost: cost.flatMap { SandboxAmount($0) }, type: type)
    }

    /// The market's option nearest to the days and the strike; a negative quantity is short.
    mutating func addOption(
        root: String, days: Int, strike: Int, right: MarketInstrument.Right, quantity: Int, cost: String
    ) {
        guard let index = market.option(root: root, days: days, strike: strike, right: right),
            let option = market.instruments[index].option
        else { return }
        let symbol = " -\(option.root)\(option.expiry.yymmdd)\(option.right.rawValue)\(option.strike)"
        add(
            index, symbol: symbol, quantity: SandboxAmount(quantity), multiplier: 100, cost: SandboxAmount(cost),
            type: "Margin")
    }

    /// A bond, named by its CUSIP, whose face is 5000; priced per 100 of face.
    mutating func addByCUSIP(_ cusip: String, description: String, value: String) {
        guard let value = SandboxAmount(value) else { return }
        rows.append(
            Row(
                symbol: cusip, description: description, quantity: "5000",
                price: Self.dollars(value / SandboxAmount(50)), priceChange: "+$0.12", value: value,
                dayGain: ("+$6.00", "--"), totalGain: ("+$97.50", "--"), cost: "$4,890.00", averageCost: "$97.80",
                type: "Cash"))
    }

    mutating func addPending(_ value: String) {
        rows.append(
            Row(symbol: "Pending Activity", description: "", value: SandboxAmount(value), hasPercent: false))
    }

    /// The file, with CRLF line ends.
    func text(header: [String], trailingComma: Bool, footer: [String]) -> String {
        let total = rows.reduce(SandboxAmount.zero) { $0 + ($1.value ?? .zero) }
        let records = rows.map { row in
            let percent = row.value.map { Self.percent($0, of: total, signed: false) } ?? ""
            let cells = [
                account, accountName, row.symbol, row.description, row.quantity, row.price, row.priceChange,
                row.value.map { Self.dollars($0) } ?? "", row.dayGain.0, row.dayGain.1, row.totalGain.0,
                row.totalGain.1,
                row.hasPercent ? percent : "", row.cost, row.averageCost, row.type,
            ]
            return cells.map(Self.cell).joined(separator: ",") + (trailingComma ? "," : "")
        }
        return ([header.joined(separator: ",")] + records + footer).map { $0 + "\r\n" }.joined()
    }

    private mutating func add(
        _ index: Int, symbol: String, quantity: SandboxAmount, multiplier: Int, cost: SandboxAmount?, type: String
    ) {
        let quote = market.quote(of: index)
        let cent = SandboxAmount(millionths: 10_000)
        let price = quote.mark.rounded(toTick: cent)
        let units = quantity * multiplier
        let value = (price * units).rounded(toTick: cent)
        let before = (quote.previousClose.rounded(toTick: cent) * units).rounded(toTick: cent)
        var row = Row(symbol: symbol, description: market.instruments[index].description)
        row.quantity = quantity.description
        row.price = Self.dollars(price)
        row.priceChange = Self.signedDollars(price - quote.previousClose.rounded(toTick: cent))
        row.value = value
        row.dayGain = (Self.signedDollars(value - before), Self.percent(value - before, of: before.magnitude))
        if let cost {
            let basis = (cost * units).rounded(toTick: cent)
            row.totalGain = (Self.signedDollars(value - basis), Self.percent(value - basis, of: basis.magnitude))
            row.cost = Self.dollars(basis)
            row.averageCost = Self.dollars(cost)
        } else {
            row.totalGain = ("--", "--")
            row.cost = "--"
            row.averageCost = "n/a"
        }
        row.type = type
        rows.append(row)
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// `$1,234.50`, `-$35.10`.
    private static func dollars(_ amount: SandboxAmount) -> String {
        let cents = abs(amount.rounded(toTick: SandboxAmount(millionths: 10_000)).millionths) / 10_000
        var whole = String(cents / 100)
        var groups: [String] = []
        while whole.count > 3 {
            groups.insert(String(whole.suffix(3)), at: 0)
            whole.removeLast(3)
        }
        groups.insert(whole, at: 0)
        let rest = cents % 100
        let sign = amount < .zero && cents > 0 ? "-" : ""
        return "\(sign)$\(groups.joined(separator: ",")).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func signedDollars(_ amount: SandboxAmount) -> String {
        amount < .zero ? dollars(amount) : "+" + dollars(amount)
    }

    private static func percent(_ part: SandboxAmount, of whole: SandboxAmount, signed: Bool = true) -> String {
        guard whole != .zero else { return "--" }
        let value = (part * 100 / whole).rounded(toTick: SandboxAmount(millionths: 10_000))
        let hundredths = abs(value.millionths) / 10_000
        let rest = hundredths % 100
        let sign = value < .zero ? "-" : signed ? "+" : ""
        return "\(sign)\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }
}
