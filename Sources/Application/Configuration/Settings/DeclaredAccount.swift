import PortfolioModel

/// What the operator says of an account that the broker does not.
struct DeclaredAccount: Sendable, Equatable, Codable {
    var key: AccountKey
    var name: String?
    var taxStatus: Account.TaxStatus?
    var currency: Currency?
}

extension ValueKind where Value == String {
    /// A broker's id.
    static let broker = ValueKind(
        parse: { text throws(ValueProblem) in
            let known = ["tastytrade", "ibkr", "zerodha", "fidelity", "stallion"]
            if known.contains(text) { return text }
            let near = EditDistance.suggestion(for: text, among: known).map { "did you mean `\($0)`?" }
            throw ValueProblem("takes one of \(known.joined(separator: ", ")), not `\(text)`", fix: near)
        }, show: { $0 })

    /// An account number: shown masked, never repeated in an error.
    static let accountNumber = ValueKind(
        parse: { text throws(ValueProblem) in
            guard (1...40).contains(text.count),
                text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else {
                let fix = text.hasPrefix("****") ? "write all of it; `config show --unmask` does" : "write it in quotes"
                throw ValueProblem("takes an account number of letters and digits", fix: fix)
            }
            return text
        }, show: { AccountKey(BrokerID(""), $0).masked }, isMasked: true)
}
