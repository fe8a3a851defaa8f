import PortfolioModel
import Risk

/// What a group of legs can still win and lose at expiry, in the legs' currency, without fees.
struct GroupHealthDocument: Codable, Sendable, Equatable {
    struct Leg: Codable, Sendable, Equatable {
        var quantity: FixedDecimal
        var instrument: InstrumentDocument
    }

    var name: String
    var account: AccountReference
    var underlying: String
    @ExplicitNull var expiry: CalendarDate?
    @ExplicitNull var daysLeft: Int?
    var legs: [Leg]
    var openPnL: MoneyFigureDocument
    /// Decimal string, `unlimited`, or null when unknown.
    @ExplicitNull var maximumProfit: String?
    /// Signed: a loss is negative. `unlimited`, or null when unknown.
    @ExplicitNull var maximumLoss: String?
    var breakEvens: [FixedDecimal]
    /// Open profit / maximum profit.
    @ExplicitNull var shareOfMaximum: Double?
    @ExplicitNull var reason: String?

    init(_ health: GroupHealth, options: DocumentOptions) {
        name = health.group.name
        account = AccountReference(health.group.account, options)
        underlying = health.group.underlying
        expiry = health.group.expiry
        daysLeft = health.daysLeft
        legs = health.group.legs.map { row in
            Leg(
                quantity: row.position.quantity,
                instrument: InstrumentDocument(row.instrument, underlying: row.underlying))
        }
        openPnL = MoneyFigureDocument(health.open)
        breakEvens = []
        switch health.outcome {
        case .success(let outcome):
            maximumProfit = Self.text(outcome.maximumProfit, health.currency)
            maximumLoss = Self.text(outcome.maximumLoss, health.currency)
            breakEvens = outcome.breakEvens
            shareOfMaximum = outcome.shareOfMaximum?.documented
            reason = nil
        case .failure(let why):
            (maximumProfit, maximumLoss, shareOfMaximum) = (nil, nil, nil)
            reason = why.text
        }
    }

    private static func text(_ bound: GroupHealth.Bound, _ currency: Currency) -> String {
        switch bound {
        case .amount(let amount): Money(amount, currency).amountText
        case .unlimited: "unlimited"
        }
    }
}
