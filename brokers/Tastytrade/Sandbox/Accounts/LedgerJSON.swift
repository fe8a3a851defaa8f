import Foundation
import Sandbox

/// Writes an account's records as the venue does. Amounts are magnitudes beside an effect.
struct LedgerJSON: Sendable {
    let market: MarketModel
    let catalogue: VenueCatalogue
    /// The instant of serving.
    let now: Date
    /// Whether futures carry a `fixing-price` of `"NaN"`, which strict clients refuse.
    var hasNaNFixingPrice = false

    func account(_ ledger: Ledger) -> SandboxJSON {
        [
            "account-number": .string(ledger.number),
            "account-type-name": .string(ledger.typeName),
            "created-at": .string(VenueWords.time(ledger.opened.newYork(hour: 9, minute: 0))),
            "day-trader-status": false,
            "investment-objective": "SPECULATION",
            "is-closed": false,
            "is-firm-error": false,
            "is-firm-proprietary": false,
            "is-foreign": false,
            "is-futures-approved": .bool(ledger.isMargin),
            "margin-or-cash": .string(ledger.isMargin ? "Margin" : "Cash"),
            "nickname": .string(ledger.nickname),
            "opened-at": .string(VenueWords.time(ledger.opened.newYork(hour: 9, minute: 0))),
            "suitable-options-level": "No Restrictions",
        ]
    }

    func position(_ position: LedgerPosition, in ledger: Ledger, includeMarks: Bool) -> SandboxJSON {
        let instrument = market.instruments[position.instrument]
        let quote = market.quote(of: position.instrument)
        let quantity = position.quantity.magnitude
        let direction = position.quantity > .zero ? "Long" : position.quantity < .zero ? "Short" : "Zero"
        var members: [SandboxJSON.Member] = [
            .init("account-number", .string(ledger.number)),
            .init("symbol", .string(catalogue.symbols[position.instrument])),
            .init("instrument-type", .string(VenueWords.instrumentType(instrument.kind))),
            .init("underlying-symbol", .string(underlyingSymbol(of: instrument))),
            .init("quantity", quantity.isWhole ? .number(quantity.description) : .string(quantity.description)),
            .init("quantity-direction", .string(direction)),
            .init("close-price", .money(quote.previousClose)),
            .init("average-open-price", .money(position.averageOpen)),
            .init("average-daily-market-close-price", .money(position.dayBasis)),
            .init("multiplier", multiplier(of: instrument)),
            .init("cost-effect", .string(position.quantity < .zero ? "Debit" : "Credit")),
            .init("is-suppressed", false),
            .init("is-frozen", false),
            .init("restricted-quantity", 0),
            .init("created-at", .string(VenueWords.time(position.createdAt))),
            .init("updated-at", .string(VenueWords.time(position.updatedAt))),
        ]
        members += realized(position)
        if let expiry = expiry(of: instrument) {
            members.append(.init("expires-at", .string(VenueWords.time(expiry))))
        }
        if hasNaNFixingPrice, instrument.future != nil { members.append(.init("fixing-price", "NaN")) }
        if position.instrument % 2 == 0 {
            members.append(.init("streamer-symbol", .string(catalogue.streamerSymbols[position.instrument])))
        }
        if includeMarks {
            let value = quote.mark * quantity * instrument.multiplier
            members.append(.init("mark", .money(value)))
            members.append(.init("mark-price", .money(quote.mark)))
        }
        return .object(members)
    }

    func balance(_ ledger: Ledger) -> SandboxJSON {
        let values = ledger.values(market)
        let net = ledger.cash + values.total
        let maintenance =
            (values.longEquity * SandboxAmount(millionths: 250_000)) + values.futuresMargin
            + (values.shortDerivative + values.shortIndexDerivative).magnitude * 2
        let power = max(.zero, net - maintenance)
        let zero = SandboxJSON.money(.zero)
        let amounts: [(String, SandboxAmount)] = [
            ("cash-balance", ledger.cash), ("net-liquidating-value", net), ("margin-equity", net),
            ("long-equity-value", values.longEquity), ("short-equity-value", values.shortEquity.magnitude),
            ("long-derivative-value", values.longDerivative),
            ("short-derivative-value", values.shortDerivative.magnitude),
            ("long-index-derivative-value", values.longIndexDerivative),
            ("short-index-derivative-value", values.shortIndexDerivative.magnitude),
            ("long-futures-derivative-value", values.longFuturesDerivative),
            ("short-futures-derivative-value", values.shortFuturesDerivative.magnitude),
            ("long-cryptocurrency-value", values.longCrypto),
            ("short-cryptocurrency-value", values.shortCrypto.magnitude),
            ("long-margineable-value", values.longEquity), ("equity-buying-power", ledger.isMargin ? power * 2 : power),
            ("derivative-buying-power", power), ("day-trading-buying-power", .zero),
            ("futures-margin-requirement", values.futuresMargin), ("maintenance-requirement", maintenance),
            ("maintenance-excess", power), ("available-trading-funds", max(.zero, ledger.cash)),
            ("cash-available-to-withdraw", max(.zero, min(ledger.cash, power))),
            ("used-derivative-buying-power", maintenance), ("reg-t-margin-requirement", maintenance),
            ("futures-overnight-margin-requirement", values.futuresMargin),
            ("futures-intraday-margin-requirement", values.futuresMargin),
        ]
        let zeros = [
            "long-futures-value", "short-futures-value", "short-margineable-value", "maintenance-call-value",
            "reg-t-call-value", "day-trading-call-value", "day-equity-call-value", "day-trade-excess", "pending-cash",
            "cryptocurrency-margin-requirement", "unsettled-cryptocurrency-fiat-amount",
            "closed-loop-available-balance", "equity-offering-margin-requirement", "long-bond-value",
            "bond-margin-requirement", "pending-margin-interest", "effective-cryptocurrency-buying-power",
        ]
        return SandboxJSON.object(
            [
                .init("account-number", .string(ledger.number)), .init("currency", "USD"),
                .init("snapshot-date", .string(market.date.iso)), .init("pending-cash-effect", "None"),
                .init("unsettled-cryptocurrency-fiat-effect", "None"),
                .init("updated-at", .string(VenueWords.time(now))),
            ] + amounts.map { .init($0.0, .money($0.1)) } + zeros.map { .init($0, zero) })
    }

    func transaction(_ transaction: LedgerTransaction, in ledger: Ledger) -> SandboxJSON {
        var members: [SandboxJSON.Member] = [
            .init("id", .int(transaction.id)), .init("account-number", .string(ledger.number)),
            .init("transaction-type", .string(transaction.type)),
            .init("transaction-sub-type", .string(transaction.subType)),
            .init("description", .string(transaction.description)), .init("currency", "USD"),
            .init("executed-at", .string(VenueWords.time(transaction.executedAt, zone: "Z"))),
            .init("transaction-date", .string(transaction.date.iso)),
            .init("value", .money(transaction.value.magnitude)),
            .init("value-effect", VenueWords.effect(transaction.value)),
            .init("net-value", .money(transaction.net.magnitude)),
            .init("net-value-effect", VenueWords.effect(transaction.net)), .init("is-estimated-fee", true),
        ]
        if let index = transaction.instrument {
            let instrument = market.instruments[index]
            members += [
                .init("symbol", .string(catalogue.symbols[index])),
                .init("instrument-type", .string(VenueWords.instrumentType(instrument.kind))),
                .init("underlying-symbol", .string(underlyingSymbol(of: instrument))),
            ]
        }
        guard let action = transaction.action, let quantity = transaction.quantity, let price = transaction.price
        else { return .object(members) }
        members += [
            .init("action", .string(action)), .init("quantity", .money(quantity)), .init("price", .money(price)),
            .init("exchange", "TEST"), .init("destination-venue", "MARKET_SIMULATOR_A"),
        ]
        if let order = transaction.orderID { members.append(.init("order-id", .int(order))) }
        let fees = [
            ("commission", transaction.fees.commission), ("clearing-fees", transaction.fees.clearing),
            ("regulatory-fees", transaction.fees.regulatory),
            ("proprietary-index-option-fees", transaction.fees.proprietaryIndex),
        ]
        for (name, amount) in fees {
            members.append(.init(name, .money(amount)))
            members.append(.init(name + "-effect", VenueWords.effect(-amount)))
        }
        return .object(members)
    }

    func order(_ order: LedgerOrder, in ledger: Ledger, status: String? = nil) -> SandboxJSON {
        let status = status ?? order.status
        let isFilled = status == "Filled"
        let isWorking = ["Received", "Routed", "In Flight", "Live"].contains(status)
        let first = order.legs.first.map { market.instruments[$0.instrument] }
        let milliseconds = Int(order.receivedAt.timeIntervalSince1970 * 1_000)
        return SandboxJSON.object([
            .init("id", .int(order.id)), .init("account-number", .string(ledger.number)),
            .init("status", .string(status)), .init("order-type", "Limit"), .init("time-in-force", "Day"),
            .init("size", .number(order.size.description)), .init("price", .money(order.price.magnitude)),
            .init("price-effect", VenueWords.effect(order.price)),
            .init("underlying-symbol", .string(first.map(underlyingSymbol) ?? "")),
            .init("underlying-instrument-type", .string(first.map(underlyingType) ?? "Unknown")),
            .init("cancellable", .bool(isWorking)), .init("editable", .bool(isWorking)), .init("edited", false),
            .init("leg-count", .int(order.legs.count)),
            .init("received-at", .string(VenueWords.time(order.receivedAt))),
            .init("updated-at", .int(milliseconds)),
            .init("terminal-at", isFilled ? .string(VenueWords.time(order.receivedAt)) : .null),
            .init("ext-global-order-number", .int(order.id % 10_000)),
            .init("legs", .array(order.legs.enumerated().map { leg($1, at: $0, of: order, isFilled: isFilled) })),
        ]).withoutNulls
    }

    private func leg(_ leg: LedgerOrder.Leg, at place: Int, of order: LedgerOrder, isFilled: Bool) -> SandboxJSON {
        let fill: SandboxJSON = [
            "fill-id": .string("\(order.id)_\(place)_SIM"), "quantity": .number(leg.quantity.description),
            "fill-price": .money(leg.price), "filled-at": .string(VenueWords.time(order.receivedAt)),
            "destination-venue": "MARKET_SIMULATOR_A", "ext-exec-id": .string("\(order.id)\(place)"),
            "ext-group-fill-id": "0",
        ]
        return [
            "instrument-type": .string(VenueWords.instrumentType(market.instruments[leg.instrument].kind)),
            "symbol": .string(catalogue.symbols[leg.instrument]), "action": .string(leg.action),
            "quantity": .number(leg.quantity.description),
            "remaining-quantity": .number(isFilled ? "0" : leg.quantity.description),
            "fills": .array(isFilled ? [fill] : []),
        ]
    }

    func underlyingSymbol(of instrument: MarketInstrument) -> String {
        catalogue.symbols[instrument.underlying]
    }

    private func underlyingType(of instrument: MarketInstrument) -> String {
        VenueWords.instrumentType(market.instruments[instrument.underlying].kind)
    }

    private func realized(_ position: LedgerPosition) -> [SandboxJSON.Member] {
        var members: [SandboxJSON.Member] = []
        for (name, amount) in [("realized-day-gain", position.realizedDay), ("realized-today", position.realizedToday)]
        {
            members.append(.init(name, .money(amount.magnitude)))
            members.append(.init(name + "-effect", VenueWords.effect(amount)))
            members.append(.init(name + "-date", .string(market.date.iso)))
        }
        return members
    }

    /// 1 for shares, "1.0" for pairs, a number or a string for contracts, as they come.
    private func multiplier(of instrument: MarketInstrument) -> SandboxJSON {
        instrument.id % 3 == 0 ? .string("\(instrument.multiplier).0") : .int(instrument.multiplier)
    }

    private func expiry(of instrument: MarketInstrument) -> Date? {
        if let option = instrument.option { return MarketModel.expiryInstant(of: option) }
        return instrument.future?.expiry.newYork(hour: 9, minute: 30)
    }
}
