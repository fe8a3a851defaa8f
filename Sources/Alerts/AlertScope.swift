/// What part of the book a rule watches, as written: `portfolio`, `account:tastytrade-1`, `underlying:SPY`,
/// `position:SPY   261218P00570000`, `broker:tastytrade`.
package enum AlertScope: Sendable, Hashable, CustomStringConvertible, Codable {
    package enum Kind: String, Sendable, CaseIterable { case portfolio, account, underlying, position, broker }

    case portfolio
    /// Our own id of the account, or its name.
    case account(String)
    case underlying(String)
    /// The instrument's symbol. In several accounts, each is watched by itself.
    case position(String)
    case broker(String)

    /// nil when the text is no scope.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = parts.first.flatMap(Kind.init(rawValue:)) else { return nil }
        let name = parts.count > 1 ? parts[1] : ""
        guard name.isEmpty == (kind == .portfolio), kind != .portfolio || parts.count == 1 else { return nil }
        switch kind {
        case .portfolio: self = .portfolio
        case .account: self = .account(name)
        case .underlying: self = .underlying(name)
        case .position: self = .position(name)
        case .broker: self = .broker(name)
        }
    }

    package var kind: Kind {
        switch self {
        case .portfolio: .portfolio
        case .account: .account
        case .underlying: .underlying
        case .position: .position
        case .broker: .broker
        }
    }

    package var description: String {
        switch self {
        case .portfolio: "portfolio"
        case .account(let name), .underlying(let name), .position(let name), .broker(let name):
            "\(kind.rawValue):\(name)"
        }
    }
}
