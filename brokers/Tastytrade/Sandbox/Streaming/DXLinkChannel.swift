import Sandbox

/// One FEED channel of a DXLink session.
struct DXLinkChannel: Sendable {
    struct Subscription: Hashable, Sendable {
        var type: String
        var symbol: String
    }

    let id: Int
    /// Seconds.
    var aggregationPeriod = 0.1
    var accepts = Faults.DataFormat.full
    /// Field order by event type, as the client asked for it.
    var fields: [String: [String]] = [:]
    private(set) var subscriptions: Set<Subscription> = []
    var candles = DXLinkCandles()
    private var order: [Subscription] = []
    private var announced: Set<String> = []
    private var lastSent: [Subscription: [SandboxJSON]] = [:]
    private var shownGeneration: Int?
    private var nextFlush = 0.0
    private var shownFormat: Faults.DataFormat?

    init(id: Int) {
        self.id = id
    }

    /// The fields in force for a type.
    func fields(of type: String) -> [String] { fields[type] ?? DXLinkEvent.types[type] ?? [] }

    mutating func reset() {
        subscriptions = []
        candles.reset()
        order = []
        lastSent = [:]
    }

    mutating func add(_ subscription: Subscription) {
        if subscriptions.insert(subscription).inserted { order.append(subscription) }
        lastSent[subscription] = nil
        shownGeneration = nil
    }

    mutating func remove(_ subscription: Subscription) {
        guard subscriptions.remove(subscription) != nil else { return }
        order.removeAll { $0 == subscription }
        lastSent[subscription] = nil
    }

    /// The frames due at an instant, in seconds: a FEED_CONFIG with fields before a type's first data, then what
    /// changed.
    mutating func flush(
        at instant: Double, market: MarketModel, catalogue: VenueCatalogue, faults: Faults
    ) -> [String] {
        guard instant >= nextFlush, shownGeneration != market.generation || shownFormat != faults.dataFormat else {
            return []
        }
        nextFlush = instant + aggregationPeriod
        shownGeneration = market.generation
        shownFormat = faults.dataFormat
        var frames = candleFrames(market, faults)
        var rows: [String: [(DXLinkEvent, [SandboxJSON])]] = [:]
        for subscription in order {
            guard let instrument = catalogue.instrument(streamerSymbol: subscription.symbol),
                var event = DXLinkEvent(
                    type: subscription.type, symbol: subscription.symbol, instrument: instrument, market: market)
            else { continue }
            if faults.hasNaNGreeks, subscription.type == "Greeks" { event.clearGreeks() }
            let row = event.row(fields(of: subscription.type))
            if lastSent[subscription] == row { continue }
            lastSent[subscription] = row
            rows[subscription.type, default: []].append((event, row))
        }
        for (type, changed) in rows.sorted(by: { $0.key < $1.key }) {
            if announced.insert(type).inserted { frames.append(config(type)) }
            var rest = changed[...]
            while !rest.isEmpty {
                frames.append(data(type, Array(rest.prefix(200)), format: faults.dataFormat ?? accepts))
                rest = rest.dropFirst(200)
            }
        }
        return frames
    }

    private mutating func candleFrames(_ market: MarketModel, _ faults: Faults) -> [String] {
        let groups = candles.flush(market: market)
        guard !groups.isEmpty else { return [] }
        let opening = announced.insert("Candle").inserted ? [config("Candle")] : []
        let names = fields(of: "Candle")
        return opening
            + groups.map { rows in
                data("Candle", rows.map { ($0, $0.row(names)) }, format: faults.dataFormat ?? accepts)
            }
    }

    /// Lets the next flush say what a new subscription is owed.
    mutating func refresh() { shownGeneration = nil }

    private func config(_ type: String) -> String {
        let fields = SandboxJSON.array(fields(of: type).map { .string($0) })
        return SandboxJSON.object([
            .init("type", "FEED_CONFIG"), .init("channel", .int(id)), .init("dataFormat", .string(accepts.rawValue)),
            .init("aggregationPeriod", DXLinkEvent.double(aggregationPeriod)),
            .init("eventFields", .object([.init(type, fields)])),
        ]).rendered
    }

    private func data(
        _ type: String, _ rows: [(DXLinkEvent, [SandboxJSON])], format: Faults.DataFormat
    ) -> String {
        let data: SandboxJSON =
            switch format {
            case .compact: [.string(type), .array(rows.flatMap(\.1))]
            case .full: .array(rows.map { $0.0.object(fields(of: type)) })
            }
        return SandboxJSON.object([
            .init("type", "FEED_DATA"), .init("channel", .int(id)), .init("data", data),
        ]).rendered
    }
}
