import Foundation
import Sandbox

/// Writes instruments as the venue's instrument endpoints do.
struct InstrumentJSON: Sendable {
    let market: MarketModel
    let catalogue: VenueCatalogue

    func equity(_ instrument: MarketInstrument) -> SandboxJSON {
        let isFund = if case .equity(true) = instrument.kind { true } else { false }
        return [
            "id": .int(instrument.id + 1), "symbol": .string(instrument.name), "instrument-type": "Equity",
            "description": .string(instrument.description), "short-description": .string(instrument.description),
            "streamer-symbol": .string(instrument.name), "listed-market": .string(isFund ? "ARCX" : "XNAS"),
            "is-index": .bool(instrument.isIndex), "is-etf": .bool(isFund), "active": true, "is-closing-only": false,
            "is-options-closing-only": false, "is-illiquid": false, "is-fractional-quantity-eligible": true,
            "lendability": "Easy To Borrow", "borrow-rate": "0.0", "market-time-instrument-collection": "Equity",
            "country-of-incorporation": "USA", "overnight-trading-permitted": false,
            "tick-sizes": [["threshold": "1.0", "value": "0.0001"], ["value": "0.01"]],
            "option-tick-sizes": [["value": "0.01"]],
        ]
    }

    func equityOption(_ instrument: MarketInstrument, _ option: MarketInstrument.Option) -> SandboxJSON {
        [
            "symbol": symbol(instrument), "instrument-type": "Equity Option",
            "streamer-symbol": streamerSymbol(instrument), "active": true, "is-closing-only": false,
            "strike-price": .money(option.strike), "root-symbol": .string(option.root),
            "underlying-symbol": .string(catalogue.symbols[instrument.underlying]),
            "expiration-date": .string(option.expiry.iso), "exercise-style": exerciseStyle(option),
            "shares-per-contract": .int(option.deliverable), "option-type": .string(option.right.rawValue),
            "option-chain-type": .string(Self.chainType(option)),
            "expiration-type": .string(Self.expirationType(option)),
            "settlement-type": .string(option.settlement.rawValue), "stops-trading-at": expiresAt(option),
            "expires-at": expiresAt(option), "days-to-expiration": daysToExpiration(option.expiry),
            "market-time-instrument-collection": .string(
                market.instruments[instrument.underlying].isIndex ? "Cash Settled Equity Option" : "Equity Option"),
        ]
    }

    func future(_ instrument: MarketInstrument, _ future: MarketInstrument.Future) -> SandboxJSON {
        let place = market.futureInstruments.firstIndex(of: instrument.id) ?? 0
        let expires = VenueWords.time(future.expiry.newYork(hour: 9, minute: 30))
        return [
            "symbol": symbol(instrument), "instrument-type": "Future", "streamer-symbol": streamerSymbol(instrument),
            "product-code": .string(future.product), "product-group": "CME_E-mini Indices", "exchange": "CME",
            "exchange-symbol": .string(String(catalogue.symbols[instrument.id].dropFirst())),
            "streamer-exchange-code": "XCME", "active": true, "active-month": .bool(place == 0),
            "next-active-month": .bool(place == 1), "is-tradeable": true, "is-closing-only": false,
            "contract-size": "1.0", "notional-multiplier": .string("\(instrument.multiplier).0"),
            "display-factor": "0.01", "tick-size": "0.25", "tick-sizes": [["value": "0.25"]],
            "option-tick-sizes": [["threshold": "5.0", "value": "0.05"], ["value": "0.25"]],
            "main-fraction": "0.0", "sub-fraction": "0.0", "back-month-first-calendar-symbol": true,
            "expiration-date": .string(future.expiry.iso), "last-trade-date": .string(future.expiry.iso),
            "expires-at": .string(expires), "stops-trading-at": .string(expires),
            "roll-target-symbol": place + 1 < market.futureInstruments.count
                ? .string(catalogue.symbols[market.futureInstruments[place + 1]]) : .null,
            "future-etf-equivalent": ["symbol": "SPY", "share-quantity": 501],
            "future-product": futureProduct,
        ]
    }

    var futureProduct: SandboxJSON {
        [
            "root-symbol": "/ES", "code": "ES", "description": "E Mini S&P", "exchange": "CME",
            "product-type": "Financial", "listed-months": ["H", "M", "U", "Z"], "active-months": ["H", "M", "U", "Z"],
            "notional-multiplier": "50.0", "tick-size": "0.25", "display-factor": "0.01",
            "streamer-exchange-code": "XCME", "small-notional": false, "back-month-first-calendar-symbol": true,
            "first-notice": false, "cash-settled": true, "market-sector": "Equity Index", "clearing-code": "ES",
            "clearing-exchange-code": "16", "base-tick": 1, "sub-tick": 4,
            "roll": [
                "name": "equity_index", "active-count": 3, "cash-settled": true, "business-days-offset": 4,
                "first-notice": false,
            ],
        ]
    }

    func futureOptionProduct(root: String) -> SandboxJSON {
        [
            "root-symbol": .string(root), "code": .string(root), "exchange": "CME", "cash-settled": false,
            "display-factor": "0.01", "product-type": "Physical",
            "expiration-type": .string(root == "ES" ? "Quarterly" : "Weekly"), "settlement-delay-days": 0,
            "market-sector": "Equity Index", "clearing-code": .string(root), "clearing-exchange-code": "16",
            "clearing-price-multiplier": "1.0", "is-rollover": false, "future-product": futureProduct,
        ]
    }

    func futureOption(_ instrument: MarketInstrument, _ option: MarketInstrument.Option) -> SandboxJSON {
        [
            "symbol": symbol(instrument), "instrument-type": "Future Option",
            "streamer-symbol": streamerSymbol(instrument),
            "underlying-symbol": .string(catalogue.symbols[instrument.underlying]), "root-symbol": "/ES",
            "product-code": "ES", "option-root-symbol": .string(option.root),
            "option-type": .string(option.right.rawValue), "strike-price": .money(option.strike),
            "strike-factor": "1.0", "expiration-date": .string(option.expiry.iso),
            "maturity-date": .string(option.expiry.iso), "expires-at": expiresAt(option),
            "stops-trading-at": expiresAt(option), "exchange": "CME", "security-exchange": "CME", "sx-id": "0",
            "exchange-symbol": .string(
                "\(VenueCatalogue.optionContract(option)) \(option.right.rawValue)\(option.strike)"),
            "exercise-style": exerciseStyle(option), "settlement-type": .string(option.settlement.rawValue),
            "notional-value": .number("0.5"), "multiplier": "1.0", "display-factor": "0.01", "underlying-count": "1.0",
            "future-price-ratio": "1.0", "is-vanilla": true, "is-primary-deliverable": true,
            "is-exercisable-weekly": true, "is-confirmed": true, "is-closing-only": false, "last-trade-time": "0",
            "active": true, "days-to-expiration": daysToExpiration(option.expiry),
            "future-option-product": futureOptionProduct(root: option.root),
        ]
    }

    func cryptocurrency(_ instrument: MarketInstrument) -> SandboxJSON {
        let base = String(instrument.name.prefix { $0 != "/" })
        return [
            "id": .int(instrument.id + 1), "symbol": .string(instrument.name), "instrument-type": "Cryptocurrency",
            "streamer-symbol": streamerSymbol(instrument), "description": .string(instrument.description),
            "short-description": .string(base), "tick-size": "0.01", "active": true, "is-closing-only": false,
            "destination-venue-symbols": [
                [
                    "id": 1, "destination-venue": "SIMULATOR", "symbol": .string(instrument.name),
                    "max-price-precision": 8, "max-quantity-precision": 8, "routable": true,
                ]
            ],
        ]
    }

    func symbol(_ instrument: MarketInstrument) -> SandboxJSON { .string(catalogue.symbols[instrument.id]) }

    func streamerSymbol(_ instrument: MarketInstrument) -> SandboxJSON {
        .string(catalogue.streamerSymbols[instrument.id])
    }

    func daysToExpiration(_ expiry: MarketDate) -> SandboxJSON { .int(market.date.days(until: expiry)) }

    func expiresAt(_ option: MarketInstrument.Option) -> SandboxJSON {
        .string(VenueWords.time(MarketModel.expiryInstant(of: option)))
    }

    func exerciseStyle(_ option: MarketInstrument.Option) -> SandboxJSON {
        option.isEuropean ? "European" : "American"
    }

    static func chainType(_ option: MarketInstrument.Option) -> String {
        option.isAdjusted ? "Non-standard" : "Standard"
    }

    static func expirationType(_ option: MarketInstrument.Option) -> String {
        option.expiry.isThirdFriday ? "Regular" : "Weekly"
    }
}
