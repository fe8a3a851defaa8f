import BrokerKit
import PortfolioModel

/// One `CurrentPosition`, from REST or from the account stream (which sends no marks).
struct WirePosition: Sendable, Hashable {
    var accountNumber: String?
    var symbol: String
    var instrumentType: String
    var underlyingSymbol: String?
    var streamerSymbol: String?
    /// Signed by `quantity-direction`; zero when closed.
    var quantity: FixedDecimal
    var averageOpenPrice: FixedDecimal?
    var closePrice: FixedDecimal?
    var markPrice: FixedDecimal?
    var multiplier: FixedDecimal?
    var expiresAt: Timestamp?
    /// Signed by its effect.
    var realizedDayGain: FixedDecimal?
    var realizedDayGainDate: CalendarDate?
    var updatedAt: Timestamp?

    init(_ value: JSONValue) throws(WireError) {
        var wire = try WireObject(value, place: "position")
        symbol = try wire.requiredText("symbol")
        wire.place = "position \(symbol)"
        accountNumber = try wire.text("account-number")
        instrumentType = try wire.text("instrument-type") ?? "Unknown"
        underlyingSymbol = try wire.text("underlying-symbol")
        streamerSymbol = try wire.text("streamer-symbol")
        quantity = try Self.signedQuantity(wire)
        averageOpenPrice = try wire.decimal("average-open-price")
        closePrice = try wire.decimal("close-price")
        markPrice = try wire.decimal("mark-price")
        multiplier = try wire.decimal("multiplier")
        expiresAt = try wire.timestamp("expires-at")
        realizedDayGain = try wire.signedDecimal("realized-day-gain")
        realizedDayGainDate = try wire.date("realized-day-gain-date")
        updatedAt = try wire.timestamp("updated-at")
    }

    /// The magnitude with the sign of its direction. A direction that is not known is an error, never a guess.
    private static func signedQuantity(_ wire: WireObject) throws(WireError) -> FixedDecimal {
        let magnitude = try wire.requiredDecimal("quantity")
        switch try wire.text("quantity-direction") {
        case "Long": return magnitude.magnitude
        case "Short": return -magnitude.magnitude
        case "Zero": return .zero
        case nil where magnitude.isZero: return .zero
        case let other:
            throw wire.failure("quantity-direction", "\"\(other ?? "nothing")\" is neither Long, Short nor Zero")
        }
    }
}

extension TastytradeAPI {
    /// `GET /accounts/{n}/positions?include-marks=true`. One unreadable position fails the whole answer: a snapshot
    /// without it would close what is held.
    func positions(of account: String) async throws -> [WirePosition] {
        let envelope = try await get(
            APIRequest(
                ["accounts", account, "positions"], place: "positions", scopes: [RateScope.positions],
                query: [("include-marks", "true")]))
        guard envelope.data.object?["items"]?.array != nil else {
            throw APIEnvelope.unreadable(
                "positions", WireError(place: "positions", field: "items", reason: "missing"))
        }
        do {
            let positions = try envelope.items.map { (item) throws(WireError) in try WirePosition(item) }
            var seen: Set<String> = []
            for position in positions where !seen.insert(position.symbol).inserted {
                throw WireError(place: "position \(position.symbol)", field: "symbol", reason: "listed twice")
            }
            return positions
        } catch {
            throw APIEnvelope.unreadable("positions", error)
        }
    }
}
