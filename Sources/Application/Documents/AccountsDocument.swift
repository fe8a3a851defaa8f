import PortfolioModel
import Risk

/// `accounts --json`: every account with the same row as in `status`.
struct AccountsDocument: Document {
    static let schemaName = "tributary.accounts/1"

    var schema = schemaName
    var sequence: UInt64
    var asOf: Timestamp
    var base: Currency
    var accounts: [AccountRow]

    init(view: PortfolioView, service: ServiceInfo, options: DocumentOptions) {
        sequence = view.sequence
        asOf = view.at
        base = view.base
        accounts = view.accounts.map { AccountRow($0, base: view.base, options: options) }
    }
}
