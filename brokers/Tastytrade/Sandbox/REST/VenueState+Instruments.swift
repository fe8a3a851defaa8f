import Sandbox

extension VenueState {
    mutating func instruments(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        guard path.count >= 2 else { return Self.notFound }
        let json = InstrumentJSON(market: request.market, catalogue: catalogue)
        let asked = request.http.list("symbol")
        switch (path[1], path.count) {
        case ("equities", _) where path.count == 2 || path.last == "active":
            let found = matching(asked, request, render: json.equityItem)
            return page(found, for: request, perPage: 1_000, limit: 1_000)
        case ("equity-options", 2):
            return items(matching(asked, request, render: json.equityOptionItem), for: request)
        case ("futures", 2):
            let products = request.http.list("product-code")
            let found = matching(asked, request) { instrument in
                guard let future = instrument.future, products.isEmpty || products.contains(future.product)
                else { return nil }
                return json.future(instrument, future)
            }
            return page(found, for: request, perPage: 1_000, limit: 1_000)
        case ("cryptocurrencies", 2):
            return items(matching(asked, request, render: json.cryptocurrencyItem), for: request)
        case ("future-products", 2): return items([json.futureProduct], for: request)
        case ("future-products", _):
            return path.last == "ES" ? envelope(json.futureProduct, for: request) : Self.notFound
        case ("future-option-products", 2):
            let products = futureOptionRoots(request).map { json.futureOptionProduct(root: $0) }
            return items(products, for: request)
        case ("future-option-products", _):
            guard let root = path.last, futureOptionRoots(request).contains(root) else { return Self.notFound }
            return envelope(json.futureOptionProduct(root: root), for: request)
        case ("quantity-decimal-precisions", 2): return items(Self.precisions, for: request)
        case (let family, 3): return single(family, path[2], json, request)
        default: return Self.notFound
        }
    }

    private mutating func single(
        _ family: String, _ symbol: String, _ json: InstrumentJSON, _ request: VenueRequest
    ) -> SandboxResponse {
        let name = family == "futures" && !symbol.hasPrefix("/") ? "/" + symbol : symbol
        guard let index = catalogue.instrument(symbol: name) else { return Self.notFound }
        let instrument = request.market.instruments[index]
        let item: SandboxJSON? =
            switch family {
            case "equities": json.equityItem(instrument)
            case "equity-options": json.equityOptionItem(instrument)
            case "futures": instrument.future.map { json.future(instrument, $0) }
            case "future-options": json.futureOptionItem(instrument)
            case "cryptocurrencies": json.cryptocurrencyItem(instrument)
            default: nil
            }
        guard let item else { return Self.notFound }
        return envelope(item, for: request)
    }

    /// The asked symbols, or everything the rendering accepts when none is asked.
    private func matching(
        _ asked: [String], _ request: VenueRequest, render: (MarketInstrument) -> SandboxJSON?
    ) -> [SandboxJSON] {
        if asked.isEmpty { return request.market.instruments.compactMap(render) }
        return asked.compactMap { symbol in
            catalogue.instrument(symbol: symbol).flatMap { render(request.market.instruments[$0]) }
        }
    }

    private func futureOptionRoots(_ request: VenueRequest) -> [String] {
        let roots = request.market.instruments.filter(\.isFutureOption).compactMap { $0.option?.root }
        return Set(roots).sorted()
    }

    private static let precisions: [SandboxJSON] = [
        ["instrument-type": "Equity", "value": 5, "minimum-increment-precision": 5],
        ["instrument-type": "Cryptocurrency", "symbol": "BTC/USD", "value": 8, "minimum-increment-precision": 2],
        ["instrument-type": "Equity Option", "value": 0, "minimum-increment-precision": 0],
        ["instrument-type": "Future", "value": 0, "minimum-increment-precision": 0],
        ["instrument-type": "Future Option", "value": 0, "minimum-increment-precision": 0],
    ]
}

extension InstrumentJSON {
    func equityItem(_ instrument: MarketInstrument) -> SandboxJSON? {
        switch instrument.kind {
        case .equity, .index: equity(instrument)
        default: nil
        }
    }

    func equityOptionItem(_ instrument: MarketInstrument) -> SandboxJSON? {
        guard case .option(let option) = instrument.kind else { return nil }
        return equityOption(instrument, option)
    }

    func futureOptionItem(_ instrument: MarketInstrument) -> SandboxJSON? {
        guard case .futureOption(let option) = instrument.kind else { return nil }
        return futureOption(instrument, option)
    }

    func cryptocurrencyItem(_ instrument: MarketInstrument) -> SandboxJSON? {
        guard case .crypto = instrument.kind else { return nil }
        return cryptocurrency(instrument)
    }
}
