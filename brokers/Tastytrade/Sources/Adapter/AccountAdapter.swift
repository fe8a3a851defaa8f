import BrokerKit
import PortfolioModel

/// From the account endpoints' words to the port's. Signs are set by the wire types already; units are decided here.
enum AccountAdapter {
    /// tastytrade's average prices leave fees out.
    static let basis = Basis(includesFees: false, source: "tastytrade")

    static func account(_ wire: WireAccount) -> VenueAccount {
        VenueAccount(
            number: wire.number, name: wire.nickname, taxStatus: taxStatus(wire.typeName), currency: .usd)
    }

    /// From the account type's words; nil for one that does not say.
    static func taxStatus(_ typeName: String?) -> Account.TaxStatus? {
        guard let name = typeName?.lowercased() else { return nil }
        if name.contains("roth") { return .rothIra }
        if name.contains("ira") { return .ira }
        if name.contains("401") { return .plan401k }
        if name.contains("individual") || name.contains("joint") || name.contains("trust") { return .taxable }
        return nil
    }

    /// A close price of zero is what the venue sends when it has none. A gain dated before today is not today's.
    static func position(
        _ wire: WirePosition, as instrument: VenueInstrument, asOf: Timestamp, today: CalendarDate
    ) -> VenuePosition {
        var position = VenuePosition(instrument: instrument, quantity: wire.quantity, basis: basis, asOf: asOf)
        position.averageOpenPrice = wire.averageOpenPrice
        if let price = wire.averageOpenPrice, let multiplier = wire.multiplier {
            position.costBasis = try? price.multiplied(by: wire.quantity).multiplied(by: multiplier)
        }
        position.priorSettlement = wire.closePrice.flatMap { $0.isZero ? nil : $0 }
        position.brokerMark = wire.markPrice
        position.brokerMarkAsOf = wire.markPrice == nil ? nil : asOf
        position.realizedToday = wire.realizedDayGain
        if let date = wire.realizedDayGainDate, date < today { position.realizedToday = .zero }
        return position
    }

    /// Throws when the currency is none, which would hide the cash.
    static func balance(_ wire: WireBalance) throws(WireError) -> VenueBalance {
        guard let currency = Currency(wire.currency) else {
            throw WireError(
                place: "balance", field: "currency", reason: "\"\(wire.currency.prefix(8))\" is no currency")
        }
        var balance = VenueBalance(currency: currency, cash: wire.cash)
        balance.pendingCash = wire.pendingCash
        return balance
    }

    /// The account's own figures come with its dollar balance.
    static func figures(_ balances: [WireBalance]) -> VenueAccountFigures? {
        guard let wire = balances.first(where: { $0.currency == "USD" }) ?? balances.first else { return nil }
        var figures = VenueAccountFigures()
        figures.netLiquidation = wire.netLiquidatingValue
        figures.equityBuyingPower = wire.equityBuyingPower
        figures.derivativeBuyingPower = wire.derivativeBuyingPower
        figures.usedDerivativeBuyingPower = wire.usedDerivativeBuyingPower
        figures.initialMargin = wire.regTMarginRequirement
        figures.maintenanceMargin = wire.maintenanceRequirement
        return figures
    }

    /// The sign of a quantity: bought and received positive. The action says, then the sub-type; a row that moves units
    /// without saying which way keeps no quantity, and its description tells the rest.
    static func signedQuantity(_ wire: WireTransaction) -> FixedDecimal? {
        guard let quantity = wire.quantity else { return nil }
        for word in [wire.action, wire.subtype].compactMap(\.self) {
            if word.hasPrefix("Buy") { return quantity.magnitude }
            if word.hasPrefix("Sell") { return -quantity.magnitude }
        }
        return quantity.isZero ? .zero : nil
    }

    static func transaction(
        _ wire: WireTransaction, as instrument: VenueInstrument?
    ) throws(WireError) -> VenueTransaction {
        guard let currency = Currency(wire.currency) else {
            throw WireError(place: "transaction \(wire.id)", field: "currency", reason: "not a currency")
        }
        var row = VenueTransaction(
            externalID: wire.id, type: wire.type, subtype: wire.subtype, description: wire.description,
            netCash: wire.netValue, fees: wire.fees, currency: currency, executedAt: wire.executedAt,
            tradeDate: wire.transactionDate ?? MarketZone.newYork.date(of: wire.executedAt))
        row.instrument = instrument
        row.quantity = signedQuantity(wire)
        row.price = wire.price
        row.orderID = orderID(wire.orderID)
        return row
    }

    /// 0 is no order's number: legs must not meet under it.
    private static func orderID(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text != "0" else { return nil }
        return text
    }

    static func order(_ wire: WireOrder, receivedAt: Timestamp) -> VenueOrder {
        VenueOrder(
            id: wire.id, status: wire.status, underlying: wire.underlyingSymbol ?? "", legCount: wire.legCount,
            updatedAt: wire.updatedAt ?? receivedAt)
    }
}
