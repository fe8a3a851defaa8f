import BrokerKit
import PortfolioModel

/// What the instrument endpoints say of one instrument, as far as it is used. A field the kind does not have is nil.
struct WireInstrument: Sendable {
    var symbol: String
    var streamerSymbol: String?
    var description: String?
    var isETF: Bool?
    var isIndex: Bool?
    var cusip: String?
    var underlyingSymbol: String?
    var rootSymbol: String?
    var optionRootSymbol: String?
    var productCode: String?
    var sharesPerContract: FixedDecimal?
    var multiplier: FixedDecimal?
    var notionalMultiplier: FixedDecimal?
    var notionalValue: FixedDecimal?
    var displayFactor: FixedDecimal?
    var underlyingCount: FixedDecimal?
    var exerciseStyle: String?
    /// `AM` or `PM`.
    var settlementType: String?
    var isCashSettled: Bool?
    var expirationDate: CalendarDate?

    init(_ value: JSONValue) throws(WireError) {
        var wire = try WireObject(value, place: "instrument")
        symbol = try wire.requiredText("symbol")
        wire.place = "instrument \(symbol)"
        streamerSymbol = try wire.text("streamer-symbol")
        description = try wire.text("description")
        isETF = try wire.flag("is-etf")
        isIndex = try wire.flag("is-index")
        cusip = try wire.text("cusip")
        underlyingSymbol = try wire.text("underlying-symbol")
        rootSymbol = try wire.text("root-symbol")
        optionRootSymbol = try wire.text("option-root-symbol")
        productCode = try wire.text("product-code")
        sharesPerContract = try wire.decimal("shares-per-contract")
        multiplier = try wire.decimal("multiplier")
        notionalMultiplier = try wire.decimal("notional-multiplier")
        notionalValue = try wire.decimal("notional-value")
        displayFactor = try wire.decimal("display-factor")
        underlyingCount = try wire.decimal("underlying-count")
        exerciseStyle = try wire.text("exercise-style")
        settlementType = try wire.text("settlement-type")
        expirationDate = try wire.date("expiration-date")
        let roll = wire.object["future-product"]?.object?["roll"]?.object
        isCashSettled = try roll.flatMap { (roll) throws(WireError) in
            try WireObject(roll, place: "\(wire.place) roll").flag("cash-settled")
        }
    }
}

/// What a contract delivers, from the nested chain of its underlying.
struct WireDeliverable: Sendable, Hashable {
    var rootSymbol: String
    var type: String
    var symbol: String?
    var amount: FixedDecimal

    init(_ value: JSONValue, root: String) throws(WireError) {
        let wire = try WireObject(value, place: "deliverable of \(root)")
        rootSymbol = root
        type = try wire.text("deliverable-type") ?? "Shares"
        symbol = try wire.text("symbol")
        amount = try wire.requiredDecimal("amount")
    }
}

extension TastytradeAPI {
    /// `GET /instruments/equities?symbol[]=…`.
    func equities(_ symbols: [String]) async throws -> [WireInstrument] {
        try await instruments(
            APIRequest(
                ["instruments", "equities"], place: "instruments/equities", scopes: [RateScope.equities],
                query: symbols.map { ("symbol[]", $0) }))
    }

    /// `GET /instruments/futures?symbol[]=…`.
    func futures(_ symbols: [String]) async throws -> [WireInstrument] {
        try await instruments(
            APIRequest(
                ["instruments", "futures"], place: "instruments/futures", scopes: [RateScope.futures],
                query: symbols.map { ("symbol[]", $0) }))
    }

    /// `GET /instruments/equity-options/{symbol}`.
    func equityOption(_ symbol: String) async throws -> WireInstrument? {
        try await instruments(
            APIRequest(
                ["instruments", "equity-options", symbol], place: "instruments/equity-options",
                scopes: [RateScope.equityOptions])
        ).first
    }

    /// `GET /instruments/future-options/{symbol}`.
    func futureOption(_ symbol: String) async throws -> WireInstrument? {
        try await instruments(
            APIRequest(
                ["instruments", "future-options", symbol], place: "instruments/future-options",
                scopes: [RateScope.futureOptions])
        ).first
    }

    /// The deliverables by option root of `GET /option-chains/{underlying}/nested`.
    func deliverables(of underlying: String) async throws -> [WireDeliverable] {
        let place = "option-chains/nested"
        let envelope = try await get(
            APIRequest(["option-chains", underlying, "nested"], place: place, scopes: [RateScope.optionChains]))
        do {
            var result: [WireDeliverable] = []
            for item in envelope.items {
                let chain = try WireObject(item, place: place)
                let root = try chain.requiredText("root-symbol")
                for deliverable in try chain.array("deliverables") {
                    result.append(try WireDeliverable(deliverable, root: root))
                }
            }
            return result
        } catch {
            throw APIEnvelope.unreadable(place, error)
        }
    }

    private func instruments(_ request: APIRequest) async throws -> [WireInstrument] {
        let envelope = try await get(request)
        do {
            return try envelope.items.map { (item) throws(WireError) in try WireInstrument(item) }
        } catch {
            throw APIEnvelope.unreadable(request.place, error)
        }
    }
}
