import Foundation
import Sandbox

/// One account as a value: fills and money movements go in; positions, cash, history and orders agree by construction.
struct Ledger: Sendable {
    let number: String
    let nickname: String
    let typeName: String
    let isMargin: Bool
    let opened: MarketDate
    /// Whether trades cost nothing.
    let isFree: Bool
    private(set) var positions: [LedgerPosition] = []
    private(set) var transactions: [LedgerTransaction] = []
    private(set) var orders: [LedgerOrder] = []
    private(set) var cash = SandboxAmount.zero
    private var lastID: Int

    init(
        number: String, nickname: String, typeName: String, isMargin: Bool, opened: MarketDate, firstID: Int,
        isFree: Bool = false
    ) {
        self.number = number
        self.nickname = nickname
        self.typeName = typeName
        self.isMargin = isMargin
        self.opened = opened
        self.isFree = isFree
        lastID = firstID
    }

    /// What is open now.
    var openPositions: [LedgerPosition] { positions.filter { $0.quantity != .zero } }

    /// Books a movement of cash that is no trade; positive is received.
    mutating func moveCash(
        _ amount: SandboxAmount, type: String = "Money Movement", subType: String, description: String,
        at instant: Date,
        instrument: Int? = nil
    ) {
        cash += amount
        transactions.append(
            LedgerTransaction(
                id: nextID(), type: type, subType: subType, description: description, instrument: instrument,
                value: amount, executedAt: instant, date: MarketDate(newYorkDayOf: instant)))
    }

    /// Books an order whose legs fill at once; returns it. `today` says which fills belong to the day's figures.
    @discardableResult
    mutating func trade(_ legs: [LedgerLeg], at instant: Date, today: MarketDate, market: MarketModel) -> LedgerOrder {
        let id = nextID()
        var orderLegs: [LedgerOrder.Leg] = []
        var net = SandboxAmount.zero
        for leg in legs {
            let action = self.action(of: leg, market: market)
            book(leg, action: action, orderID: id, at: instant, today: today, market: market)
            orderLegs.append(
                .init(instrument: leg.instrument, action: action, quantity: leg.quantity.magnitude, price: leg.price))
            net = net - leg.price * leg.quantity
        }
        let size = legs.map { $0.quantity.magnitude }.min() ?? SandboxAmount(1)
        let order = LedgerOrder(
            id: id, status: "Filled", legs: orderLegs, price: net / size, size: size, receivedAt: instant,
            date: MarketDate(newYorkDayOf: instant))
        orders.append(order)
        return order
    }

    /// Adds an order that rests in the market without a fill.
    mutating func rest(_ leg: LedgerLeg, at instant: Date, market: MarketModel) {
        let action = self.action(of: leg, market: market)
        orders.append(
            LedgerOrder(
                id: nextID(), status: "Live",
                legs: [
                    .init(
                        instrument: leg.instrument, action: action, quantity: leg.quantity.magnitude, price: leg.price)
                ],
                price: leg.quantity < .zero ? leg.price : -leg.price, size: leg.quantity.magnitude, receivedAt: instant,
                date: MarketDate(newYorkDayOf: instant)))
    }

    private mutating func book(
        _ leg: LedgerLeg, action: String, orderID: Int, at instant: Date, today: MarketDate, market: MarketModel
    ) {
        let instrument = market.instruments[leg.instrument]
        let isFuture = instrument.future != nil
        let value = isFuture ? SandboxAmount.zero : -(leg.price * leg.quantity) * instrument.multiplier
        let fees =
            isFree ? LedgerFees() : Self.fees(of: leg, instrument: instrument, isOpening: action.hasSuffix("Open"))
        let date = MarketDate(newYorkDayOf: instant)
        let verb = leg.quantity < .zero ? "Sold" : "Bought"
        let transaction = LedgerTransaction(
            id: nextID(), type: "Trade", subType: action,
            description: "\(verb) \(leg.quantity.magnitude) \(instrument.description) @ \(leg.price)",
            instrument: leg.instrument, action: action, quantity: leg.quantity.magnitude, price: leg.price,
            value: value,
            fees: fees, executedAt: instant, date: date, orderID: orderID)
        transactions.append(transaction)
        cash += transaction.net
        hold(
            leg, isToday: date == today, at: instant, previousClose: market.quote(of: leg.instrument).previousClose,
            multiplier: instrument.multiplier)
        if isFuture, date < today { settle(leg, market: market, today: today) }
    }

    /// A future opened before today has paid its variation up to the previous settlement.
    private mutating func settle(_ leg: LedgerLeg, market: MarketModel, today: MarketDate) {
        let previous = market.quote(of: leg.instrument).previousClose
        let amount = (previous - leg.price) * leg.quantity * market.instruments[leg.instrument].multiplier
        moveCash(
            amount, subType: "Mark to Market", description: "Variation to the previous settlement",
            at: today.previousSession.newYork(hour: 17, minute: 0), instrument: leg.instrument)
    }

    private mutating func hold(
        _ leg: LedgerLeg, isToday: Bool, at instant: Date, previousClose: SandboxAmount, multiplier: Int
    ) {
        let place = positions.firstIndex { $0.instrument == leg.instrument } ?? positions.count
        if place == positions.count {
            positions.append(LedgerPosition(instrument: leg.instrument, createdAt: instant, updatedAt: instant))
        }
        var position = positions[place]
        let basis = isToday ? leg.price : previousClose
        let isClosing = (position.quantity > .zero) != (leg.quantity > .zero) && position.quantity != .zero
        let closed = isClosing ? min(leg.quantity.magnitude, position.quantity.magnitude) : .zero
        let signedClosed = position.quantity < .zero ? -closed : closed
        if isToday {
            position.realizedDay += (leg.price - position.dayBasis) * signedClosed * multiplier
            position.realizedToday += (leg.price - position.averageOpen) * signedClosed * multiplier
        }
        let kept = position.quantity - signedClosed
        let opened = leg.quantity + signedClosed
        if opened != .zero {
            let total = kept + opened
            position.averageOpen = (position.averageOpen * kept + leg.price * opened) / total
            position.dayBasis = (position.dayBasis * kept + basis * opened) / total
        }
        position.quantity = kept + opened
        position.updatedAt = instant
        position.closedAt = position.quantity == .zero ? MarketDate(newYorkDayOf: instant) : nil
        positions[place] = position
    }

    private func action(of leg: LedgerLeg, market: MarketModel) -> String {
        let side = leg.quantity < .zero ? "Sell" : "Buy"
        if market.instruments[leg.instrument].future != nil { return side }
        let held = positions.first { $0.instrument == leg.instrument }?.quantity ?? .zero
        let isClosing = held != .zero && (held > .zero) == (leg.quantity < .zero)
        return side + (isClosing ? " to Close" : " to Open")
    }

    private static func fees(of leg: LedgerLeg, instrument: MarketInstrument, isOpening: Bool) -> LedgerFees {
        let quantity = leg.quantity.magnitude
        func each(_ millionths: Int64) -> SandboxAmount { SandboxAmount(millionths: millionths) * quantity }
        switch instrument.kind {
        case .equity, .index:
            return LedgerFees(clearing: each(800), regulatory: leg.quantity < .zero ? each(200) : .zero)
        case .crypto:
            return LedgerFees(commission: leg.price * quantity * SandboxAmount(millionths: 10_000))
        case .future: return LedgerFees(commission: each(1_250_000), clearing: each(300_000), regulatory: each(20_000))
        case .futureOption:
            return LedgerFees(commission: isOpening ? each(2_500_000) : .zero, clearing: each(300_000))
        case .option(let option):
            return LedgerFees(
                commission: isOpening ? each(1_000_000) : .zero, clearing: each(100_000), regulatory: each(20_000),
                proprietaryIndex: option.root.hasPrefix("SPX") ? each(650_000) : .zero)
        }
    }

    private mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }
}
