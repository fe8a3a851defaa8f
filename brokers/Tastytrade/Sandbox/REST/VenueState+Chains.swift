import Sandbox

extension VenueState {
    private struct Row {
        let instrument: MarketInstrument
        let option: MarketInstrument.Option
    }

    mutating func optionChain(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        guard (2...3).contains(path.count), let underlying = catalogue.instrument(symbol: path[1]) else {
            return Self.notFound
        }
        let json = InstrumentJSON(market: request.market, catalogue: catalogue)
        let rows = rows(request) { !$0.isFutureOption && $0.underlying == underlying }
        guard !rows.isEmpty else { return Self.notFound }
        if path.count == 2 { return items(rows.map { json.equityOption($0.instrument, $0.option) }, for: request) }
        let roots = Dictionary(grouping: rows, by: \.option.root).sorted { $0.key < $1.key }
        switch path[2] {
        case "nested": return items(roots.map { nested($0.value, json) }, for: request)
        case "compact": return items(roots.map { compact($0.value, json) }, for: request)
        default: return Self.notFound
        }
    }

    mutating func futuresOptionChain(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        guard (2...3).contains(path.count), path[1] == "ES" else { return Self.notFound }
        let json = InstrumentJSON(market: request.market, catalogue: catalogue)
        let rows = rows(request) { $0.isFutureOption }
        if path.count == 2 { return items(rows.map { json.futureOption($0.instrument, $0.option) }, for: request) }
        guard path[2] == "nested" else { return Self.notFound }
        let futures = request.market.futureInstruments.compactMap { index -> SandboxJSON? in
            let instrument = request.market.instruments[index]
            return instrument.future.map { futureSummary(instrument, $0, json) }
        }
        let groups = Dictionary(grouping: rows) { "\($0.option.root) \($0.option.expiry.iso)" }
        let expirations = groups.sorted { $0.key < $1.key }.map { futureExpiration($0.value, json) }
        let chain: SandboxJSON = [
            "underlying-symbol": "/ES", "root-symbol": "/ES", "exercise-style": "American",
            "expirations": .array(expirations),
        ]
        return envelope(["futures": .array(futures), "option-chains": [chain]], for: request)
    }

    private func rows(_ request: VenueRequest, where isWanted: (MarketInstrument) -> Bool) -> [Row] {
        request.market.instruments.compactMap { instrument in
            guard let option = instrument.option, isWanted(instrument) else { return nil }
            return Row(instrument: instrument, option: option)
        }
    }

    private func nested(_ rows: [Row], _ json: InstrumentJSON) -> SandboxJSON {
        let expirations = Dictionary(grouping: rows, by: \.option.expiry).sorted { $0.key < $1.key }
        return chainHead(rows, json).adding([
            .init("tick-sizes", [["threshold": "3.0", "value": "0.01"], ["value": "0.05"]]),
            .init(
                "expirations",
                .array(
                    expirations.compactMap { expiry, rows in
                        guard let option = rows.first?.option else { return nil }
                        return [
                            "expiration-type": .string(InstrumentJSON.expirationType(option)),
                            "expiration-date": .string(expiry.iso),
                            "days-to-expiration": json.daysToExpiration(expiry),
                            "settlement-type": .string(option.settlement.rawValue),
                            "strikes": strikes(rows, json),
                        ]
                    })),
        ])
    }

    private func compact(_ rows: [Row], _ json: InstrumentJSON) -> SandboxJSON {
        chainHead(rows, json).adding([
            .init("settlement-type", .string(rows.first?.option.settlement.rawValue ?? "PM")),
            .init("expiration-type", .string(rows.first.map { InstrumentJSON.expirationType($0.option) } ?? "")),
            .init("symbols", .array(rows.map { json.symbol($0.instrument) })),
            .init("streamer-symbols", .array(rows.map { json.streamerSymbol($0.instrument) })),
        ])
    }

    private func chainHead(_ rows: [Row], _ json: InstrumentJSON) -> SandboxJSON {
        guard let row = rows.first else { return [:] }
        let underlying = catalogue.symbols[row.instrument.underlying]
        let amount = SandboxAmount(row.option.deliverable)
        return [
            "underlying-symbol": .string(underlying), "root-symbol": .string(row.option.root),
            "option-chain-type": .string(InstrumentJSON.chainType(row.option)),
            "shares-per-contract": .int(row.option.deliverable),
            "deliverables": [
                [
                    "id": .int(row.instrument.underlying + 1), "root-symbol": .string(row.option.root),
                    "deliverable-type": "Shares", "description": .string("\(amount) shares of \(underlying)"),
                    "amount": .money(amount), "symbol": .string(underlying), "instrument-type": "Equity",
                    "percent": "100",
                ]
            ],
        ]
    }

    /// Strikes in no particular order, as the venue sends them.
    private func strikes(_ rows: [Row], _ json: InstrumentJSON) -> SandboxJSON {
        let strikes = Dictionary(grouping: rows, by: \.option.strike)
        return .array(
            strikes.map { strike, pair in
                let call = pair.first { $0.option.right == .call }
                let put = pair.first { $0.option.right == .put }
                return SandboxJSON.object([
                    .init("strike-price", .money(strike)),
                    .init("call", call.map { json.symbol($0.instrument) } ?? .null),
                    .init("call-streamer-symbol", call.map { json.streamerSymbol($0.instrument) } ?? .null),
                    .init("put", put.map { json.symbol($0.instrument) } ?? .null),
                    .init("put-streamer-symbol", put.map { json.streamerSymbol($0.instrument) } ?? .null),
                ])
            })
    }

    private func futureSummary(
        _ instrument: MarketInstrument, _ future: MarketInstrument.Future, _ json: InstrumentJSON
    ) -> SandboxJSON {
        let whole = json.future(instrument, future)
        let keys = [
            "symbol", "streamer-symbol", "expiration-date", "active-month", "next-active-month", "stops-trading-at",
            "expires-at",
        ]
        return .object(keys.map { .init($0, whole[$0] ?? .null) }).adding([
            .init("root-symbol", "/ES"), .init("maturity-date", .string(future.expiry.iso)),
            .init("days-to-expiration", json.daysToExpiration(future.expiry)),
        ])
    }

    private func futureExpiration(_ rows: [Row], _ json: InstrumentJSON) -> SandboxJSON {
        guard let row = rows.first else { return [:] }
        let option = row.option
        return [
            "underlying-symbol": .string(catalogue.symbols[row.instrument.underlying]), "root-symbol": "/ES",
            "option-root-symbol": .string(option.root),
            "option-contract-symbol": .string(VenueCatalogue.optionContract(option)), "asset": "ES",
            "expiration-date": .string(option.expiry.iso),
            "days-to-expiration": json.daysToExpiration(option.expiry),
            "expiration-type": .string(option.root == "ES" ? "Quarterly" : "Weekly"),
            "settlement-type": .string(option.settlement.rawValue), "notional-value": "0.5", "display-factor": "0.01",
            "strike-factor": "1.0", "stops-trading-at": json.expiresAt(option), "expires-at": json.expiresAt(option),
            "tick-sizes": [["threshold": "5.0", "value": "0.05"], ["value": "0.25"]], "strikes": strikes(rows, json),
        ]
    }
}
