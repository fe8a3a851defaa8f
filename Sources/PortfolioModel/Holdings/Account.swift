/// A broker, by the lower-case id that users and documents see: `tastytrade ibkr zerodha fidelity stallion`.
package struct BrokerID: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    package let name: String
    package init(_ name: String) { self.name = name }
    package var description: String { name }
    package static func < (left: BrokerID, right: BrokerID) -> Bool { left.name < right.name }
}

/// The key of an account in the world: one number at one broker. Prints masked.
package struct AccountKey: Hashable, Codable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let broker: BrokerID
    package let number: String

    package init(_ broker: BrokerID, _ number: String) {
        self.broker = broker
        self.number = number
    }

    /// `****1234`; numbers of four characters or fewer are masked whole.
    package var masked: String { number.count > 4 ? "****" + number.suffix(4) : "****" }
    package var description: String { "\(broker) \(masked)" }
    package var debugDescription: String { description }
}

/// Our own stable name of an account: broker and ordinal, `tastytrade-1`. Carries nothing of the number.
package struct AccountID: Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
    package static func < (left: AccountID, right: AccountID) -> Bool {
        (left.text.count, left.text) < (right.text.count, right.text)
    }
}

/// One account at one broker.
package struct Account: Sendable, Hashable, Codable {
    package enum TaxStatus: String, Sendable, CaseIterable, Codable {
        case taxable, ira, rothIra, hsa, plan401k, demat, pms, unknown
    }

    package let id: AccountID
    package let key: AccountKey
    package var name: String?
    package var taxStatus: TaxStatus
    package var currency: Currency
    /// How far the account's holdings can be relied on, and since when they are so.
    package var state: FigureState
    /// When the broker last stated the account's holdings whole.
    package var asOf: Timestamp?

    package init(
        id: AccountID, key: AccountKey, name: String? = nil, taxStatus: TaxStatus = .unknown,
        currency: Currency = .usd, state: FigureState = .unknown, asOf: Timestamp? = nil
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.taxStatus = taxStatus
        self.currency = currency
        self.state = state
        self.asOf = asOf
    }
}
