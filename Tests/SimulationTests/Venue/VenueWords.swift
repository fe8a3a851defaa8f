import PortfolioModel

/// The venue's JSON.
enum VenueWords {
    static func money(_ cents: Int) -> String {
        let magnitude = abs(cents)
        let rest = magnitude % 100
        return "\(cents < 0 ? "-" : "")\(magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    static func items(_ items: [String]) -> String { #"{"data":{"items":["# + items.joined(separator: ",") + "]}}" }

    static let accounts = items(
        VenueBook.accounts.map {
            #"{"account":{"account-number":"\#($0)","account-type-name":"Individual","is-closed":false},"#
                + #""authority-level":"owner"}"#
        })

    static func position(_ holding: VenueBook.Holding, _ symbol: String, _ account: String, mark: Int?) -> String {
        let isShare = VenueBook.shares.contains(symbol)
        let direction = holding.quantity == 0 ? "Zero" : (holding.quantity > 0 ? "Long" : "Short")
        let underlying = symbol.prefix { $0 != " " }
        return #"{"account-number":"\#(account)","symbol":"\#(symbol)","#
            + #""instrument-type":"\#(isShare ? "Equity" : "Equity Option")","underlying-symbol":"\#(underlying)","#
            + #""quantity":"\#(abs(holding.quantity))","quantity-direction":"\#(direction)","#
            + #""average-open-price":"\#(money(holding.averageCents))","multiplier":\#(isShare ? 1 : 100),"#
            + (mark.map { #""mark-price":"\#(money($0))","close-price":"\#(money($0))","# } ?? "")
            + #""updated-at":"\#(holding.updatedAt)"}"#
    }

    static func balance(_ cents: Int, _ account: String, at time: Timestamp) -> String {
        #"{"account-number":"\#(account)","currency":"USD","cash-balance":"\#(money(cents))","#
            + #""net-liquidating-value":"\#(money(cents))","equity-buying-power":"1000.0","#
            + #""derivative-buying-power":"500.0","maintenance-requirement":"250.0","updated-at":"\#(time)"}"#
    }

    static func order(_ fill: VenueBook.Fill, at time: Timestamp) -> String {
        #"{"id":"\#(fill.orderID)","account-number":"\#(fill.account)","status":"Filled","#
            + #""underlying-symbol":"\#(fill.symbol.prefix { $0 != " " })","#
            + #""legs":[{"symbol":"\#(fill.symbol)","fills":[{"fill-id":"\#(fill.orderID)"}]}],"#
            + #""updated-at":"\#(time)"}"#
    }

    static func transaction(
        id: Int, account: String, symbol: String, traded: Int, cents: Int, multiplier: Int, at time: Timestamp,
        day: CalendarDate
    ) -> String {
        let action = traded > 0 ? "Buy to Open" : "Sell to Close"
        let value = money(abs(traded) * cents * multiplier)
        let effect = traded > 0 ? "Debit" : "Credit"
        return #"{"id":\#(id),"account-number":"\#(account)","transaction-type":"Trade","#
            + #""transaction-sub-type":"\#(action)","description":"\#(action)","action":"\#(action)","#
            + #""symbol":"\#(symbol)","instrument-type":"\#(multiplier == 1 ? "Equity" : "Equity Option")","#
            + #""quantity":"\#(abs(traded))","price":"\#(money(cents))","#
            + #""value":"\#(value)","value-effect":"\#(effect)","#
            + #""net-value":"\#(value)","net-value-effect":"\#(effect)","executed-at":"\#(time)","#
            + #""transaction-date":"\#(day)","currency":"USD"}"#
    }

    static let equities = items(
        VenueBook.shares.map {
            #"{"symbol":"\#($0)","streamer-symbol":"\#($0)","instrument-type":"Equity","#
                + #""is-etf":\#($0 != "AAPL"),"is-index":false,"active":true}"#
        })

    /// One option of the list; nil for another symbol.
    static func option(_ symbol: String) -> String? {
        guard VenueBook.options.contains(symbol), let osi = OSISymbol(symbol) else { return nil }
        let right = osi.right == .call ? "C" : "P"
        return #"{"data":{"symbol":"\#(symbol)","streamer-symbol":"\#(streamer(symbol))","#
            + #""underlying-symbol":"\#(osi.root)","root-symbol":"\#(osi.root)","option-type":"\#(right)","#
            + #""strike-price":"\#(osi.strike)","expiration-date":"\#(osi.expiry)","exercise-style":"American","#
            + #""settlement-type":"PM","shares-per-contract":100,"active":true}}"#
    }

    /// The feed's name of a symbol.
    static func streamer(_ symbol: String) -> String {
        guard let osi = OSISymbol(symbol) else { return symbol }
        let expiry = osi.expiry.description.filter { $0 != "-" }.dropFirst(2)
        return ".\(osi.root)\(expiry)\(osi.right == .call ? "C" : "P")\(osi.strike)"
    }
}
