/// The event types that are asked for, and the fields of each in the order in which they are asked for.
enum FeedEventType: String, Sendable, CaseIterable {
    case quote = "Quote"
    case trade = "Trade"
    case summary = "Summary"
    case greeks = "Greeks"
    case profile = "Profile"

    var requestedFields: [FeedField] {
        switch self {
        case .quote: [.eventSymbol, .bidPrice, .askPrice, .bidSize, .askSize]
        case .trade: [.eventSymbol, .price, .size, .time]
        case .summary:
            [
                .eventSymbol, .dayOpenPrice, .dayHighPrice, .dayLowPrice, .dayClosePrice, .dayClosePriceType,
                .prevDayClosePrice, .openInterest,
            ]
        case .greeks: [.eventSymbol, .price, .volatility, .delta, .gamma, .theta, .vega, .rho]
        case .profile: [.eventSymbol, .tradingStatus, .beta, .exDividendAmount, .exDividendDayId]
        }
    }
}

/// The fields that are understood; every other one is passed over.
enum FeedField: String, Sendable, CaseIterable {
    case eventSymbol, bidPrice, askPrice, bidSize, askSize, price, size, time
    case dayOpenPrice, dayHighPrice, dayLowPrice, dayClosePrice, dayClosePriceType, prevDayClosePrice, openInterest
    case volatility, delta, gamma, theta, vega, rho
    case tradingStatus, beta, exDividendAmount, exDividendDayId

    /// How its value is read.
    enum Form: Sendable { case text, decimal, double, whole }

    /// Greeks and ratios are doubles; prices and sizes exact decimals; times, days and counts whole numbers, which
    /// would not fit a price's eight places.
    func form(in type: FeedEventType) -> Form {
        switch self {
        case .eventSymbol, .dayClosePriceType, .tradingStatus: .text
        case .volatility, .delta, .gamma, .theta, .vega, .rho, .beta, .exDividendAmount: .double
        case .price where type == .greeks: .double
        case .time, .openInterest, .exDividendDayId: .whole
        default: .decimal
        }
    }

    /// Field names match without regard to case: the server has been seen to echo other spellings.
    init?(wire name: String) {
        guard let field = Self.byLowercaseName[name.lowercased()] else { return nil }
        self = field
    }

    private static let byLowercaseName = Dictionary(
        uniqueKeysWithValues: FeedField.allCases.map { ($0.rawValue.lowercased(), $0) })
}

/// The columns of one event type's COMPACT rows, as the last FEED_CONFIG stated them; nil for a column not understood.
struct FeedLayout: Sendable, Equatable {
    var columns: [FeedField?]

    init(fields: [String]) { columns = fields.map { FeedField(wire: $0) } }
    init(requested type: FeedEventType) { columns = type.requestedFields.map { $0 } }

    /// Rows without a symbol cannot be attributed.
    var isUsable: Bool { columns.contains(.eventSymbol) }
}

/// What one subscription is about.
struct FeedSubscription: Hashable, Sendable, Comparable {
    var type: FeedEventType
    var symbol: String

    static func < (left: FeedSubscription, right: FeedSubscription) -> Bool {
        (left.symbol, left.type.rawValue) < (right.symbol, right.type.rawValue)
    }
}
