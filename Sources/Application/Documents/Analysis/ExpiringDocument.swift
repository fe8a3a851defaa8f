import PortfolioModel
import Risk

/// A derivative near its end, or a short option at risk of assignment.
struct ExpiringDocument: Codable, Sendable, Equatable {
    struct RiskRow: Codable, Sendable, Equatable {
        /// `dividend`, `carry`, `pin`, `in-the-money`, `am-settled`, `physical-delivery`.
        var code: String
        var text: String
    }

    /// What changes hands when the whole position is assigned or exercised.
    struct Exchange: Codable, Sendable, Equatable {
        /// `assignment` of a short position, `exercise` of a long one.
        var event: String
        /// Received; negative for delivered.
        var units: FixedDecimal
        var cash: MoneyFigureDocument
        var cashThere: MoneyFigureDocument
        var unitsThere: FixedDecimal
        /// To deliver and not held.
        @ExplicitNull var unitsShort: FixedDecimal?
        var shortfall: MoneyFigureDocument
    }

    var account: AccountReference
    var instrument: InstrumentDocument
    var quantity: FixedDecimal
    var dte: Int
    @ExplicitNull var moneyness: String?
    var extrinsicValue: FigureDocument<FixedDecimal>
    var underlyingPrice: FigureDocument<FixedDecimal>
    var risks: [RiskRow]
    /// Of a long position, if it is exercised.
    @ExplicitNull var ifAssigned: Exchange?

    init(_ expiring: ExpiringPosition, options: DocumentOptions) {
        let row = expiring.row
        account = AccountReference(row.account, options)
        instrument = InstrumentDocument(row.instrument, underlying: row.underlying)
        quantity = row.position.quantity
        dte = expiring.daysLeft
        moneyness = row.moneyness?.rawValue
        extrinsicValue = FigureDocument(row.extrinsicValue)
        underlyingPrice = FigureDocument(row.underlyingPrice)
        risks = expiring.risks.map { RiskRow(code: $0.code, text: $0.text(row.instrument.currency)) }
        ifAssigned = expiring.exchange.map { exchange in
            Exchange(
                event: row.position.quantity.isNegative ? "assignment" : "exercise", units: exchange.units,
                cash: MoneyFigureDocument(exchange.cash),
                cashThere: MoneyFigureDocument(exchange.cashThere), unitsThere: exchange.unitsThere,
                unitsShort: exchange.unitsShort, shortfall: MoneyFigureDocument(exchange.shortfall))
        }
    }
}

extension AssignmentRisk {
    /// For a person.
    fileprivate func text(_ currency: Currency) -> String {
        func number(_ value: Double) -> String { NumberText.double(value, places: 2) ?? "?" }
        return switch self {
        case .dividend(let date, let amount):
            "dividend of \(number(amount)) \(currency) goes ex \(date) and is above the extrinsic value"
        case .carry(let interest):
            "extrinsic value is below the interest on the strike, \(number(interest)) \(currency)"
        case .pin: "expires today within 1 % of the strike"
        case .inTheMoney: "in the money at expiry"
        case .morningSettlement: "settled at the opening print; trades last the day before"
        case .physicalDelivery: "settles by delivery"
        }
    }
}
