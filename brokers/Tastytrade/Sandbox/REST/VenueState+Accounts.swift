import Foundation
import Sandbox

extension VenueState {
    mutating func accounts(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        guard path.count >= 3, let ledger = ledger(path[1]) else { return Self.notFound }
        let json = LedgerJSON(
            market: request.market, catalogue: catalogue, now: request.now,
            hasNaNFixingPrice: faults.hasNaNFixingPrice)
        switch (path[2], path.count) {
        case ("balances", 3): return balances(ledger, json, request)
        case ("balances", 4):
            return path[3] == "USD" ? envelope(json.balance(ledger), for: request) : Self.notFound
        case ("balance-snapshots", 3):
            let snapshot = json.balance(ledger).adding([
                .init("time-of-day", .string(request.http.parameter("time-of-day") ?? "EOD"))
            ])
            return page([snapshot], for: request, perPage: 250, limit: 2_000)
        case ("positions", 3): return positions(ledger, json, request)
        case ("transactions", 3): return transactions(ledger, json, request)
        case ("transactions", 4): return transaction(path[3], ledger, json, request)
        case ("trading-status", 3): return envelope(tradingStatus(ledger, request), for: request)
        case ("orders", 3):
            let shown = orders(ledger, request).map { json.order($0, in: ledger) }
            return page(shown, for: request, perPage: 100, limit: 200)
        case ("orders", 4) where path[3] == "live":
            let today = MarketDate(newYorkDayOf: request.now)
            let shown = ledger.orders.filter { $0.date == today || $0.date == request.market.date }
            return items(shown.reversed().map { json.order($0, in: ledger) }, for: request)
        case ("orders", 4):
            guard let order = ledger.orders.first(where: { String($0.id) == path[3] }) else { return Self.notFound }
            return envelope(json.order(order, in: ledger), for: request)
        default: return Self.notFound
        }
    }

    private mutating func balances(_ ledger: Ledger, _ json: LedgerJSON, _ request: VenueRequest) -> SandboxResponse {
        let hasVersion = request.http.header("Accept-Version") != nil
        let asItems =
            switch faults.balanceShape {
            case .byVersion: hasVersion
            case .items: true
            case .object: false
            }
        let balance = json.balance(ledger)
        return asItems ? items([balance], for: request) : envelope(balance, for: request)
    }

    private mutating func positions(_ ledger: Ledger, _ json: LedgerJSON, _ request: VenueRequest) -> SandboxResponse {
        let http = request.http
        let isTrue = { (name: String) in http.parameter(name)?.lowercased() == "true" }
        let underlyings = http.list("underlying-symbol")
        let shown = ledger.positions.filter { position in
            let instrument = request.market.instruments[position.instrument]
            let isWanted = position.quantity != .zero || isTrue("include-closed-positions")
            return isWanted
                && (http.parameter("symbol") ?? catalogue.symbols[position.instrument])
                    == catalogue.symbols[position.instrument]
                && (http.parameter("instrument-type") ?? VenueWords.instrumentType(instrument.kind))
                    == VenueWords.instrumentType(instrument.kind)
                && (underlyings.isEmpty || underlyings.contains(json.underlyingSymbol(of: instrument)))
        }
        return items(
            shown.map { json.position($0, in: ledger, includeMarks: isTrue("include-marks")) }, for: request)
    }

    private mutating func transactions(
        _ ledger: Ledger, _ json: LedgerJSON, _ request: VenueRequest
    ) -> SandboxResponse {
        let http = request.http
        let types = http.list("types") + http.list("type")
        let subTypes = http.list("sub-type")
        let start = http.parameter("start-date").flatMap { MarketDate(iso: $0) }
        let end = http.parameter("end-date").flatMap { MarketDate(iso: $0) }
        let startAt = http.parameter("start-at").flatMap(VenueWords.instant)
        let endAt = http.parameter("end-at").flatMap(VenueWords.instant)
        func equals(_ name: String, _ value: String?) -> Bool {
            http.parameter(name).map { $0 == value } ?? true
        }
        let isAscending = http.parameter("sort") == "Asc"
        let shown = ledger.transactions
            .filter { line in
                let instrument = line.instrument.map { request.market.instruments[$0] }
                return (types.isEmpty || types.contains(line.type))
                    && (subTypes.isEmpty || subTypes.contains(line.subType))
                    && line.date >= start ?? line.date && line.date <= end ?? line.date
                    && line.executedAt >= startAt ?? .distantPast && line.executedAt <= endAt ?? .distantFuture
                    && equals("symbol", line.instrument.map { catalogue.symbols[$0] })
                    && equals("action", line.action) && equals("currency", "USD")
                    && equals("instrument-type", instrument.map { VenueWords.instrumentType($0.kind) })
                    && equals("underlying-symbol", instrument.map { json.underlyingSymbol(of: $0) })
            }
            .sorted { left, right in
                let isBefore = (left.executedAt, left.id) < (right.executedAt, right.id)
                return isAscending == isBefore
            }
        return page(
            shown.map { json.transaction($0, in: ledger) }, for: request, perPage: 250, limit: 2_000)
    }

    private mutating func transaction(
        _ id: String, _ ledger: Ledger, _ json: LedgerJSON, _ request: VenueRequest
    ) -> SandboxResponse {
        if id == "total-fees" {
            let day = request.http.parameter("date").flatMap { MarketDate(iso: $0) } ?? request.market.date
            let fees = ledger.transactions.filter { $0.date == day }
                .reduce(SandboxAmount.zero) { $0 + $1.fees.total }
            return envelope(
                ["total-fees": .money(fees), "total-fees-effect": VenueWords.effect(-fees)], for: request)
        }
        guard let line = ledger.transactions.first(where: { String($0.id) == id }) else { return Self.notFound }
        return envelope(json.transaction(line, in: ledger), for: request)
    }

    private func orders(_ ledger: Ledger, _ request: VenueRequest) -> [LedgerOrder] {
        let statuses = request.http.list("status")
        let start = request.http.parameter("start-date").flatMap { MarketDate(iso: $0) }
        let end = request.http.parameter("end-date").flatMap { MarketDate(iso: $0) }
        let shown = ledger.orders.filter { order in
            (statuses.isEmpty || statuses.contains(order.status)) && order.date >= start ?? order.date
                && order.date <= end ?? order.date
        }
        return request.http.parameter("sort") == "Asc" ? shown : shown.reversed()
    }

    private func tradingStatus(_ ledger: Ledger, _ request: VenueRequest) -> SandboxJSON {
        let flags = [
            "has-intraday-equities-margin", "is-aggregated-at-clearing", "is-closed", "is-closing-only",
            "is-cryptocurrency-closing-only", "is-frozen", "is-full-equity-margin-required", "is-futures-closing-only",
            "is-futures-intra-day-enabled", "is-in-day-trade-equity-maintenance-call", "is-in-margin-call",
            "is-pattern-day-trader", "is-small-notional-futures-intra-day-enabled",
            "is-roll-the-day-forward-enabled", "are-far-otm-net-options-restricted", "is-equity-offering-enabled",
            "is-equity-offering-closing-only", "is-portfolio-margin-enabled", "is-risk-reducing-only",
        ]
        return .object(
            [
                .init("account-number", .string(ledger.number)), .init("id", 1), .init("day-trade-count", 0),
                .init("equities-margin-calculation-type", .string(ledger.isMargin ? "Reg T" : "Cash")),
                .init("fee-schedule-name", "default"), .init("futures-margin-rate-multiplier", "1.0"),
                .init("small-notional-futures-margin-rate-multiplier", "1.0"),
                .init("is-cryptocurrency-enabled", .bool(ledger.isMargin)),
                .init("is-futures-enabled", .bool(ledger.isMargin)),
                .init("options-level", "No Restrictions"), .init("short-calls-enabled", .bool(ledger.isMargin)),
                .init("updated-at", .string(VenueWords.time(request.now))),
            ] + flags.map { .init($0, false) })
    }
}
