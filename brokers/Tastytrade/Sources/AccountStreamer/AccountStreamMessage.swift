import PortfolioModel

/// One thing the account stream said; a `results` frame says several.
enum AccountStreamMessage: Sendable {
    case ack(action: String, isOK: Bool, message: String)
    case position(account: String, WirePosition)
    case balance(account: String, WireBalance)
    case order(account: String, WireOrder)
    /// A notification of a kind that is not used here.
    case ignored(String)
    case unreadable(String)

    /// Throws `JSONError` when the frame is not JSON; a notification that cannot be read becomes `.unreadable`.
    static func decode(_ bytes: [UInt8]) throws(JSONError) -> [AccountStreamMessage] {
        guard let frame = try JSONParser.parse(bytes).object else { return [.unreadable("a frame is not an object")] }
        if let results = frame["results"]?.array {
            return results.map { item in
                item.object.map(message) ?? .unreadable("a result is not an object")
            }
        }
        return [message(frame)]
    }

    private static func message(_ frame: JSONObject) -> AccountStreamMessage {
        if let status = frame["status"]?.string {
            return .ack(
                action: frame["action"]?.string ?? "", isOK: status == "ok",
                message: String((frame["message"]?.string ?? "").prefix(120)))
        }
        guard let type = frame["type"]?.string, let data = frame["data"] else {
            return .unreadable("a notification without type or data")
        }
        do {
            switch type {
            case "CurrentPosition":
                let position = try WirePosition(data)
                return .position(account: try account(position.accountNumber, type), position)
            case "AccountBalance":
                let balance = try WireBalance(data)
                return .balance(account: try account(balance.accountNumber, type), balance)
            case "Order":
                let order = try WireOrder(data)
                return .order(account: try account(order.accountNumber, type), order)
            default: return .ignored(String(type.prefix(40)))
            }
        } catch {
            return .unreadable("\(type): \(error)")
        }
    }

    private static func account(_ number: String?, _ type: String) throws(WireError) -> String {
        guard let number else { throw WireError(place: type, field: "account-number", reason: "missing") }
        return number
    }
}
