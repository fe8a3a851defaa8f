import PortfolioModel
import Risk

/// An underlying group in units of the member that a rule names: a rule on SPX reads deltas of SPX, whatever the group
/// is stated in.
struct GroupUnits: Sendable {
    let group: GroupView
    let price: Figure<FixedDecimal>
    /// Of the whole group; nil with a part or the ratio not confirmed.
    let delta: Double?
    let gamma: Double?

    /// nil when no group has an underlying of that name.
    static func of(_ symbol: String, in groups: [GroupView]) -> GroupUnits? {
        if let group = groups.first(where: { $0.symbol == symbol }) {
            return GroupUnits(group: group, price: group.underlyingPrice, delta: group.delta, gamma: group.gamma)
        }
        for group in groups {
            guard let member = group.members.first(where: { $0.symbol == symbol }) else { continue }
            let (ratio, square) = (member.ratio.confirmed, member.gammaRatio.confirmed)
            return GroupUnits(
                group: group, price: member.price, delta: ratio.flatMap { ratio in group.delta.map { $0 / ratio } },
                gamma: square.flatMap { square in group.gamma.map { $0 / square } })
        }
        return nil
    }
}
