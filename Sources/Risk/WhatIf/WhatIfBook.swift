import PortfolioModel

/// A book on its way to a hypothetical one.
struct WhatIfBook: Sendable {
    private(set) var book: Book
    private let now: Timestamp
    private var master: InstrumentMaster
    private var quantities: [(id: InstrumentID, quantity: FixedDecimal)] = []

    init(_ book: Book, at now: Timestamp) {
        self.book = book
        self.now = now
        master = book.master
        let account = Account(
            id: WhatIf.account, key: AccountKey(WhatIf.broker, "what-if"), name: "what-if", currency: book.base,
            state: .confirmed, asOf: now)
        apply([.account(account)])
    }

    /// Adds one leg and returns its instrument. Legs of one instrument are netted.
    mutating func add(_ leg: HypotheticalLeg) throws(HypotheticalLeg.Mistake) -> InstrumentID {
        let id = try resolve(leg)
        if book.master[id].contract != nil, !leg.quantity.isWhole {
            throw .init(text: "\(leg.quantity) \(book.master[id].name)", message: "contracts are whole")
        }
        if let place = quantities.firstIndex(where: { $0.id == id }) {
            quantities[place].quantity = (try? quantities[place].quantity + leg.quantity) ?? leg.quantity
        } else {
            quantities.append((id, leg.quantity))
        }
        if let price = leg.price, book.markets[id].quote == nil, book.markets[id].last == nil { quote(id, price) }
        hold(id, at: leg.price)
        return id
    }

    /// States what the legs were opened at, and pays for them. A future costs nothing to open. Returns the names of
    /// those that it could not pay for.
    mutating func settle(_ prices: [InstrumentID: FixedDecimal]) -> [String] {
        var cash: [Currency: FixedDecimal] = [:]
        var unpaid: [String] = []
        for (id, quantity) in quantities {
            let instrument = book.master[id]
            let isPaid = instrument.kind != .future && !quantity.isZero
            guard let price = prices[id] else {
                if isPaid { unpaid.append(instrument.name) }
                continue
            }
            if book.markets[id].quote == nil, book.markets[id].last == nil, instrument.kind.isOption {
                quote(id, price)
            }
            hold(id, at: price)
            guard isPaid else { continue }
            let before = cash[instrument.currency] ?? .zero
            if let paid = try? quantity.multiplied(by: instrument.multiplier).multiplied(by: price),
                let left = try? before - paid
            {
                cash[instrument.currency] = left
            } else {
                unpaid.append(instrument.name)
            }
        }
        apply(
            cash.map { currency, amount in
                .balance(Balance(key: .init(WhatIf.account, currency), cash: amount, asOf: now))
            })
        return unpaid
    }

    private mutating func hold(_ id: InstrumentID, at price: FixedDecimal?) {
        let key = PositionKey(WhatIf.account, id)
        let quantity = quantities.first { $0.id == id }?.quantity ?? .zero
        if quantity.isZero { return apply([.positionClosed(key)]) }
        apply([
            .position(
                Position(
                    key: key, quantity: quantity, averageOpenPrice: price,
                    basis: Basis(includesFees: false, source: WhatIf.broker.name), priorSettlement: price, asOf: now))
        ])
    }

    /// Makes a market at a price.
    mutating func quote(_ id: InstrumentID, _ price: FixedDecimal) {
        var batch = MarketBatch(source: WhatIf.broker, receivedAt: now)
        let wire = WireDecimal(price)
        if book.master[id].kind.isOption {
            batch.quotes.append(QuoteEvent(instrument: id.raw, bid: wire, ask: wire))
        } else {
            batch.trades.append(TradeEvent(instrument: id.raw, price: wire))
        }
        apply([.market(batch)])
    }

    private mutating func resolve(_ leg: HypotheticalLeg) throws(HypotheticalLeg.Mistake) -> InstrumentID {
        switch leg.name {
        case .symbol(let symbol):
            if let found = book.master.instruments.first(where: { $0.symbol.uppercased() == symbol.uppercased() }) {
                return found.id
            }
            // What nobody follows is taken for a share: no share's symbol has a space.
            if symbol.contains(" ") {
                throw .init(
                    text: symbol, message: "no instrument is called that; an option is ROOT YYYY-MM-DD STRIKE C|P")
            }
            guard leg.price != nil else {
                throw .init(
                    text: symbol, message: "no instrument \(symbol) is followed, and no price is stated for it")
            }
            return install(InstrumentTerms(kind: .equity, kindIsCertain: false, symbol: symbol.uppercased()))
        case .option(let root, let expiry, let strike, let right):
            return try option(root, expiry, strike, right)
        }
    }

    private mutating func option(
        _ root: String, _ expiry: CalendarDate, _ strike: FixedDecimal, _ right: OptionRight
    ) throws(HypotheticalLeg.Mistake) -> InstrumentID {
        let held = book.master.instruments.filter { row in
            guard let contract = row.contract, row.kind.isOption else { return false }
            return contract.expiry == expiry && contract.strike == strike && contract.right == right
                && (contract.root == root || contract.underlying == root)
        }
        if let exact = held.first(where: { $0.contract?.root == root }) ?? held.first { return exact.id }
        let named = "\(root) \(expiry) \(strike) \(right.letter)"
        if expiry < MarketZone.newYork.date(of: now) { throw .init(text: named, message: "it expired on \(expiry)") }
        if !ExchangeCalendar.newYork.isSession(expiry) {
            throw .init(text: named, message: "no option expires on \(expiry): the exchange is closed that day")
        }
        guard let osi = OSISymbol(root: root, expiry: expiry, right: right, strike: strike) else {
            throw .init(text: named, message: "it cannot be written as an OCC symbol")
        }
        let index = IndexOptionRoot.terms(of: root)
        let contract = Contract(
            underlying: index?.underlying ?? root, root: root, expiry: expiry, strike: strike, right: right,
            exerciseStyle: index == nil ? .american : .european, settlement: index?.settlement ?? Settlement(.physical),
            premiumMultiplier: 100,
            deliverables: index == nil ? [Deliverable(symbol: root, amount: 100)] : [])
        return install(
            InstrumentTerms(
                kind: index == nil ? .equityOption : .indexOption, symbol: osi.description, contract: contract))
    }

    private mutating func install(_ terms: InstrumentTerms) -> InstrumentID {
        let id = master.resolve(terms, on: MarketZone.newYork.date(of: now)).id
        apply(master.takeChanges().map { .instrument($0) })
        return id
    }

    private mutating func apply(_ changes: [BookChange]) {
        // The copy's own account and instruments are in it: nothing can refuse them.
        try? book.apply(PortfolioUpdate(sequence: book.sequence + 1, at: now, changes: changes))
    }
}
