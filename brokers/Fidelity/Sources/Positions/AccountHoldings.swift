import BrokerKit
import PortfolioModel

/// What the file holds of one account, gathered row by row.
struct AccountHoldings {
    let number: String
    var name: String?
    /// Core cash; nil until a line states it.
    private(set) var cash: FixedDecimal?
    private(set) var pending: FixedDecimal?
    private(set) var positions: [VenuePosition] = []
    private var bySymbol: [VenueSymbol: Int] = [:]
    /// First line that was refused: the account is then not whole.
    var refusedLine: Int?

    init(number: String) { self.number = number }

    var masked: String { AccountKey(FidelityBroker.defaultID, number).masked }

    mutating func addCash(_ amount: FixedDecimal) throws(DecimalError) { cash = try (cash ?? .zero) + amount }
    mutating func addPending(_ amount: FixedDecimal) throws(DecimalError) { pending = try (pending ?? .zero) + amount }

    /// Adds a line; a second line of one instrument (Cash beside Margin) is summed with the first. Returns what was
    /// odd.
    mutating func add(_ line: VenuePosition) throws(DecimalError) -> String? {
        guard let place = bySymbol[line.instrument.symbol] else {
            bySymbol[line.instrument.symbol] = positions.count
            positions.append(line)
            return nil
        }
        let first = positions[place]
        positions[place] = try Self.sum(first, line)
        if let one = first.brokerMark, let other = line.brokerMark, one != other {
            return "a second line of the same instrument with another price; the first price is kept"
        }
        return first.quantity.signum * line.quantity.signum < 0
            ? "a long and a short line of the same instrument are netted; their cost is unknown" : nil
    }

    private static func sum(_ first: VenuePosition, _ second: VenuePosition) throws(DecimalError) -> VenuePosition {
        var sum = first
        sum.quantity = try first.quantity + second.quantity
        sum.costBasis = nil
        sum.averageOpenPrice = nil
        sum.priorSettlement = first.priorSettlement ?? second.priorSettlement
        sum.brokerMark = first.brokerMark ?? second.brokerMark
        sum.brokerMarkAsOf = first.brokerMarkAsOf ?? second.brokerMarkAsOf
        sum.instrument.securityKind = first.instrument.securityKind ?? second.instrument.securityKind
        guard first.quantity.signum * second.quantity.signum >= 0 else { return sum }
        if let one = first.costBasis, let other = second.costBasis { sum.costBasis = try one + other }
        guard !sum.quantity.isZero else { return sum }
        if let cost = sum.costBasis {
            let units = try sum.quantity.multiplied(by: multiplier(of: sum.instrument))
            sum.averageOpenPrice = try cost.divided(by: units).magnitude
        } else if let one = first.averageOpenPrice, let other = second.averageOpenPrice {
            let total = try one.multiplied(by: first.quantity) + other.multiplied(by: second.quantity)
            sum.averageOpenPrice = try total.divided(by: sum.quantity)
        }
        return sum
    }

    private static func multiplier(of instrument: VenueInstrument) -> FixedDecimal {
        if case .option = FidelitySymbol(instrument.symbol.text) { return FidelitySymbology.optionMultiplier }
        return .one
    }

    /// The account whole. Without a core line and pending activity there is no balance: nothing was said of cash.
    func snapshot(asOf: Timestamp) -> AccountSnapshot {
        let account = VenueAccount(
            number: number, name: name, taxStatus: name.flatMap(SecurityWords.taxStatus), currency: .usd)
        var balances: [VenueBalance] = []
        if cash != nil || pending != nil, let sum = try? (cash ?? .zero) + (pending ?? .zero) {
            // Fidelity's account total counts activity that has not settled; of that, `pendingCash` is told apart.
            var balance = VenueBalance(currency: .usd, cash: sum)
            balance.pendingCash = pending
            balances = [balance]
        }
        return AccountSnapshot(account: account, positions: positions, balances: balances, asOf: asOf)
    }
}
