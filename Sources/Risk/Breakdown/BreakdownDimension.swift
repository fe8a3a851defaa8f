/// What a book's figures are grouped by. Raw values are what `--by` takes.
package enum BreakdownDimension: String, Sendable, Codable, CaseIterable {
    case position, legs, underlying, account, broker, portfolio, currency
    case assetClass = "asset-class"
    case sector
    case expiry
    case total
}
