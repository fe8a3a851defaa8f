import Sandbox

extension VenueState {
    /// The path decides. Unknown paths are 404, unknown symbols too.
    mutating func route(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        switch path.first {
        case "customers": return customers(request)
        case "accounts": return accounts(request)
        case "instruments": return instruments(request)
        case "option-chains": return optionChain(request)
        case "futures-option-chains": return futuresOptionChain(request)
        case "market-data": return marketData(request)
        case "market-metrics": return marketMetrics(request)
        case "market-time": return marketTime(request)
        case "api-quote-tokens" where path.count == 1: return quoteToken(request)
        case "sessions" where path == ["sessions", "validate"]:
            return envelope(["email": "sandbox@example.com"], for: request)
        default: return Self.notFound
        }
    }

    private mutating func customers(_ request: VenueRequest) -> SandboxResponse {
        let path = request.path
        let json = LedgerJSON(market: request.market, catalogue: catalogue, now: request.now)
        guard path.count >= 2, path[1] == "me" else { return Self.notFound }
        switch path.count {
        case 2: return envelope(customer, for: request)
        case 3 where path[2] == "accounts":
            return items(
                ledgers.map { ["account": json.account($0), "authority-level": "owner"] }, for: request)
        case 4 where path[2] == "accounts":
            guard let ledger = ledger(path[3]) else {
                return Self.error(403, "not_permitted", "User not permitted access to this account.")
            }
            return envelope(json.account(ledger), for: request)
        default: return Self.notFound
        }
    }

    private var customer: SandboxJSON {
        let address: SandboxJSON = [
            "city": "Chicago", "country": "USA", "is-domestic": true, "is-foreign": false, "postal-code": "60606",
            "state-region": "IL", "street-one": "1 Sandbox Street",
        ]
        return [
            "id": "me", "first-name": "Sandbox", "last-name": "Customer", "address": address,
            "mailing-address": address,
            "is-foreign": false, "usa-citizenship-type": "Citizen", "mobile-phone-number": "+10000000000",
            "birth-date": "1980-01-01", "email": "sandbox@example.com", "external-id": "U0000000042",
            "tax-number-type": "SSN", "subject-to-tax-withholding": false, "has-industry-affiliation": false,
            "has-listed-affiliation": false, "has-political-affiliation": false, "has-delayed-quotes": false,
            "has-pending-or-approved-application": true, "is-professional": false,
            "created-at": "2020-01-02T15:00:00.000+00:00",
            "permitted-account-types": [
                [
                    "name": "Individual", "description": "Individual", "is_tax_advantaged": false,
                    "is-tax-advantaged": false, "is_publicly_available": true, "is-publicly-available": true,
                    "has_multiple_owners": false, "has-multiple-owners": false, "margin_types": [],
                    "margin-types": [["name": "Margin", "is-margin": true, "is_margin": true]],
                ]
            ],
        ]
    }

    private mutating func quoteToken(_ request: VenueRequest) -> SandboxResponse {
        let issued = credentials.issueQuote(now: request.now)
        return envelope(
            [
                "token": .string(issued.token), "dxlink-url": .string(dxlinkURL), "level": "api",
                "issued-at": .string(VenueWords.time(request.now)),
                "expires-at": .string(VenueWords.time(issued.expires)),
            ], for: request)
    }

    private mutating func marketTime(_ request: VenueRequest) -> SandboxResponse {
        let market = request.market
        guard request.path.count >= 3, request.path.suffix(2) == ["sessions", "current"] else { return Self.notFound }
        let isOpen = market.session.isOpen(at: request.now)
        func session(_ day: MarketDate) -> [SandboxJSON.Member] {
            [
                .init("start-at", .string(VenueWords.time(day.newYork(hour: 8, minute: 15)))),
                .init("open-at", .string(VenueWords.time(day.newYork(hour: 9, minute: 30)))),
                .init("close-at", .string(VenueWords.time(day.newYork(hour: 16, minute: 0)))),
                .init("close-at-ext", .string(VenueWords.time(day.newYork(hour: 20, minute: 0)))),
                .init("session-date", .string(day.iso)),
            ]
        }
        let today = MarketDate(newYorkDayOf: request.now)
        func state(_ collection: String) -> SandboxJSON {
            let current: [SandboxJSON.Member] = today.isSession ? session(today) : []
            return .object(
                [
                    .init("state", isOpen ? "Open" : "Closed"), .init("instrument-collection", .string(collection)),
                    .init("next-session", .object(session(today.adding(days: 1).sessionOnOrAfter))),
                    .init("previous-session", .object(session(today.previousSession))),
                ] + current)
        }
        if request.path[1] == "equities" { return envelope(state("Equity"), for: request) }
        let asked = request.http.list("instrument-collections")
        return items((asked.isEmpty ? ["Equity"] : asked).map(state), for: request)
    }
}
