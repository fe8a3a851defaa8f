import PortfolioModel
import Risk

extension AnalysisScope {
    /// A revaluation book cut into its parts along a dimension, each with the legs that bear its label. Cash has no
    /// part in them.
    func split(
        _ book: RevaluationBook, by dimension: BreakdownDimension
    ) -> [(label: String, book: RevaluationBook)] {
        guard dimension != .total else { return [] }
        var parts: [String: RevaluationBook] = [:]
        let names = names(by: dimension)
        for leg in book.legs {
            for label in names[leg.name] ?? [] {
                parts[label, default: RevaluationBook(base: book.base, at: book.at, legs: [])].legs.append(leg)
            }
        }
        for missing in book.uncovered {
            for label in names[missing.name] ?? [] {
                parts[label, default: RevaluationBook(base: book.base, at: book.at, legs: [])].uncovered
                    .append(missing)
            }
        }
        return parts.sorted { $0.key < $1.key }.map { (label: $0.key, book: $0.value) }
    }

    /// Labels of each position by its name.
    private func names(by dimension: BreakdownDimension) -> [String: [String]] {
        let labels = labels.grouped(view.positions)
        return Dictionary(
            view.positions.map { ($0.name, labels.labels(of: $0, by: dimension)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Positions' labels by their contracts, also of those that are not held any more.
    func labels(by dimension: BreakdownDimension) -> (AttributionContract) -> String {
        let labels = labels.grouped(view.positions)
        let held = Dictionary(
            uniqueKeysWithValues: view.positions.map { row in
                (row.position.key, labels.labels(of: row, by: dimension).joined(separator: ", "))
            })
        return { held[$0.position] ?? closedLabel(of: $0, by: dimension) }
    }

    /// Labels of cash; `cash` in dimensions that only positions have.
    func cashLabels(by dimension: BreakdownDimension) -> (Balance.Key) -> String {
        return { key in
            switch dimension {
            case .total: "total"
            case .account: key.account.text
            case .broker: view.accountsByID[key.account]?.key.broker.name ?? BreakdownLabels.none
            case .portfolio: (labels.portfolios[key.account] ?? [BreakdownLabels.none]).joined(separator: ", ")
            case .currency: key.currency.code
            case .position: "\(key.account) cash \(key.currency)"
            case .legs, .underlying, .assetClass, .sector, .expiry: "cash"
            }
        }
    }

    private func closedLabel(of contract: AttributionContract, by dimension: BreakdownDimension) -> String {
        switch dimension {
        case .total: return "total"
        case .account: return contract.position.account.text
        case .broker: return view.accountsByID[contract.position.account]?.key.broker.name ?? BreakdownLabels.none
        case .underlying:
            let grouping = labels.grouping
            return grouping.title(of: grouping.label(of: UnderlyingKey(contract.group, contract.currency)))
        case .currency: return contract.currency.code
        case .sector: return labels.sectors[contract.group] ?? BreakdownLabels.none
        case .position: return contract.name
        case .legs, .portfolio, .assetClass, .expiry: return "closed"
        }
    }
}
