import PortfolioModel
import Risk

/// Makes small books by hand: instruments, accounts, positions and markets, as numbered updates.
struct BookMaker {
    /// Friday 2026-11-20, 15:00 New York: the exchange is open.
    static let open = Timestamp("2026-11-20T20:00:00Z") ?? Timestamp(seconds: 0)
    /// The Saturday after it.
    static let closed = Timestamp("2026-11-21T15:00:00Z") ?? Timestamp(seconds: 0)
    static let today = MarketZone.newYork.date(of: open)
    static let feed = BrokerID("tastytrade")
    static let account = AccountID("tastytrade-1")

    var book: Book
    private var master = InstrumentMaster()
    var now: Timestamp

    init(base: Currency = .usd, now: Timestamp = BookMaker.open) {
        book = Book(base: base)
        self.now = now
        add(Account(id: Self.account, key: AccountKey(Self.feed, "5WT00001"), state: .confirmed, asOf: now))
    }

    mutating func add(_ account: Account) { apply([.account(account)]) }

    @discardableResult
    mutating func instrument(_ terms: InstrumentTerms) -> InstrumentID {
        let id = master.resolve(terms, on: Self.today).id
        apply(master.takeChanges().map { .instrument($0) })
        return id
    }

    @discardableResult
    mutating func share(_ symbol: String, currency: Currency = .usd, kind: InstrumentKind = .equity) -> InstrumentID {
        instrument(InstrumentTerms(kind: kind, symbol: symbol, currency: currency))
    }

    @discardableResult
    mutating func option(
        _ root: String, on underlying: String, _ strike: String, _ right: OptionRight, days: Int = 28,
        kind: InstrumentKind = .equityOption, multiplier: FixedDecimal = 100, delivers: [Deliverable]? = nil,
        currency: Currency = .usd
    ) -> InstrumentID {
        let expiry = Self.today.adding(days: days)
        let contract = Contract(
            underlying: underlying, root: root, expiry: expiry, strike: decimal(strike), right: right,
            premiumMultiplier: multiplier,
            deliverables: delivers ?? [Deliverable(symbol: underlying, amount: multiplier)])
        return instrument(
            InstrumentTerms(
                kind: kind, symbol: "\(root) \(expiry) \(right.letter)\(strike)", currency: currency, contract: contract
            ))
    }

    @discardableResult
    mutating func future(_ symbol: String, product: String, multiplier: FixedDecimal) -> InstrumentID {
        let contract = Contract(
            underlying: product, root: product, expiry: Self.today.adding(days: 28), premiumMultiplier: multiplier,
            deliverables: [])
        return instrument(InstrumentTerms(kind: .future, symbol: symbol, contract: contract))
    }

    mutating func hold(
        _ id: InstrumentID, _ quantity: String, at average: String? = nil, prior: String? = nil,
        brokerMark: String? = nil,
        in account: AccountID = BookMaker.account, today: DayActivity = .init()
    ) {
        apply([
            .position(
                Position(
                    key: PositionKey(account, id), quantity: decimal(quantity), averageOpenPrice: average.map(decimal),
                    basis: Basis(includesFees: false, source: account.text), priorSettlement: prior.map(decimal),
                    brokerMark: brokerMark.map(decimal), today: today, asOf: now))
        ])
    }

    mutating func market(_ fill: (inout MarketBatch) -> Void) {
        var batch = MarketBatch(source: Self.feed, receivedAt: now)
        fill(&batch)
        apply([.market(batch)])
    }

    mutating func trade(_ id: InstrumentID, _ price: String, previous: String? = nil) {
        market {
            $0.trades.append(TradeEvent(instrument: id.raw, price: WireDecimal(decimal(price))))
            if let previous {
                $0.summaries.append(SummaryEvent(instrument: id.raw, previousClose: WireDecimal(decimal(previous))))
            }
        }
    }

    mutating func quote(_ id: InstrumentID, _ bid: String?, _ ask: String?) {
        market {
            $0.quotes.append(
                QuoteEvent(
                    instrument: id.raw, bid: WireDecimal(bid.map(decimal)), ask: WireDecimal(ask.map(decimal))))
        }
    }

    mutating func greeks(
        _ id: InstrumentID, _ delta: Double, _ gamma: Double, _ theta: Double, _ vega: Double, rho: Double = 0,
        volatility: Double = 0.2
    ) {
        market {
            $0.greeks.append(
                GreeksEvent(
                    instrument: id.raw, price: 1, volatility: volatility, delta: delta, gamma: gamma, theta: theta,
                    vega: vega, rho: rho))
        }
    }

    @discardableResult
    mutating func apply(_ changes: [BookChange]) -> PortfolioUpdate {
        let update = PortfolioUpdate(sequence: book.sequence + 1, at: now, changes: changes)
        do { try book.apply(update) } catch { preconditionFailure("the test's book refuses: \(error)") }
        return update
    }

    func view(_ settings: RiskSettings = RiskSettings(session: .alwaysOpen)) -> PortfolioView {
        RiskEngine.view(of: book, settings: settings, at: now)
    }
}

/// A literal of a test; not a number stops the test.
func decimal(_ text: String) -> FixedDecimal {
    do { return try FixedDecimal(text) } catch { preconditionFailure("\(text): \(error)") }
}

extension PortfolioView {
    func row(_ id: InstrumentID, in account: AccountID = BookMaker.account) -> PositionView? {
        positions.first { $0.instrument.id == id && $0.account.id == account }
    }
}
