import BrokerKit
import Logging
import PortfolioModel

extension TastytradeBroker {
    /// Symbols in one request of an instrument list.
    private static let symbolsPerRequest = 50
    /// Future options looked up in one round, one request each.
    private static let futureOptionsPerRound = 20
    /// A symbol that could not be looked up is left alone for so long.
    private static let retryAfter: Duration = .seconds(300)
    /// A symbol that the venue refuses to describe is left alone for so long.
    private static let refusedRetryAfter: Duration = .seconds(6 * 3600)

    /// Learns what a snapshot cannot do without, or gets in few requests: futures, future options, shares. What fails
    /// is left to the symbology and tried again later. Throws only cancellation and what concerns every request.
    func lookUp(_ positions: [WirePosition]) async throws {
        let missing = catalogue.missing(for: positions, at: clock.uptime())
        try await lookUpList(missing.futures, InstrumentAdapter.future) { try await $0.futures($1) }
        for symbol in missing.futureOptions.prefix(Self.futureOptionsPerRound) {
            try await attempt([symbol]) {
                guard let wire = try await api.futureOption(symbol) else { return }
                catalogue.learn(InstrumentAdapter.futureOption(wire))
            }
        }
        try await lookUpList(missing.equities, InstrumentAdapter.equity) { try await $0.equities($1) }
    }

    private func lookUpList(
        _ symbols: [String], _ adapt: (WireInstrument) -> VenueInstrument,
        _ fetch: (TastytradeAPI, [String]) async throws -> [WireInstrument]
    ) async throws {
        var rest = symbols[...]
        while !rest.isEmpty {
            let chunk = Array(rest.prefix(Self.symbolsPerRequest))
            rest = rest.dropFirst(chunk.count)
            try await attempt(chunk) {
                for wire in try await fetch(api, chunk) { catalogue.learn(adapt(wire)) }
            }
        }
    }

    /// Marks what was not learned for a later attempt.
    private func attempt(_ symbols: [String], _ body: () async throws -> Void) async throws {
        var pause = Self.retryAfter
        do {
            try await body()
        } catch let error as BrokerError {
            if error.classification == .needsLogin || error.code == "rate-limited" { throw error }
            if error.classification == .permanent { pause = Self.refusedRetryAfter }
            logger.info(
                "instruments not looked up", metadata: ["count": "\(symbols.count)", "reason": "\(error.message)"])
        }
        catalogue.failed(symbols, until: clock.uptime() + pause)
    }

    /// Equity options are looked up one by one, so that takes its time beside the rounds.
    func keepLookingUp() async throws {
        while let sink {
            var hasMore = false
            do {
                hasMore = try await lookUpEquityOptions(atMost: 5, sink)
            } catch is BrokerError {
                // The round meets the same obstacle and reports it.
                try await clock.sleep(for: .seconds(30))
            }
            if !hasMore { try await clock.sleep(for: .seconds(2)) }
        }
    }

    /// Learns of some options held and delivers what was learned. True when more are waiting.
    func lookUpEquityOptions(atMost limit: Int, _ sink: any BrokerSink) async throws -> Bool {
        let held = ledgers.sorted { $0.key < $1.key }.flatMap { $0.value.positions }
            .sorted { $0.symbol < $1.symbol }
        let missing = catalogue.missing(for: held, at: clock.uptime()).equityOptions
        guard !missing.isEmpty else { return false }
        var learned: [VenueInstrument] = []
        for symbol in missing.prefix(limit) {
            try await attempt([symbol]) {
                guard let wire = try await api.equityOption(symbol) else { return }
                catalogue.learn(
                    InstrumentAdapter.equityOption(wire, deliverables: try await nonStandardDeliverables(wire)))
            }
            if catalogue.known(symbol) != nil, let position = held.first(where: { $0.symbol == symbol }) {
                learned.append(catalogue.describe(position))
            }
        }
        if !learned.isEmpty { await sink.deliver([.instruments(learned)]) }
        return missing.count > limit
    }

    /// The deliverables of an adjusted contract's root; nil for a standard one, and when they cannot be had.
    private func nonStandardDeliverables(_ wire: WireInstrument) async throws -> [WireDeliverable]? {
        guard let rootText = wire.rootSymbol ?? OSISymbol(wire.symbol)?.root,
            OptionRoot(text: rootText).isAdjusted || OptionRoot(text: rootText).isFlex,
            let underlying = wire.underlyingSymbol
        else { return nil }
        if chains[underlying] == nil { chains[underlying] = try await api.deliverables(of: underlying) }
        return chains[underlying]?.filter { $0.rootSymbol == rootText }
    }

    /// The futures below the future options held, so that the book can price these.
    func underlyingFutures(of positions: [WirePosition]) -> [VenueInstrument] {
        var symbols: Set<String> = []
        for position in positions where position.instrumentType == "Future Option" {
            if let future = FutureOptionSymbol(position.symbol)?.future.canonical { symbols.insert(future) }
        }
        return symbols.sorted().compactMap { catalogue.known($0) }
    }
}
