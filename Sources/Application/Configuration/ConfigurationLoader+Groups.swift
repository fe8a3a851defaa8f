import PortfolioModel
import Risk

extension ConfigurationLoader {
    /// The built-in groups with the file's in place of those of the same name; no underlying is in two.
    mutating func allUnderlyingGroups(_ model: ConfigurationSection) -> [String: [UnderlyingGroups.Member]] {
        let own = underlyingGroups(model)
        let all = UnderlyingGroups(
            UnderlyingGroups.standard.members.merging(own.mapValues(\.members)) { _, own in own })
        for (name, group) in own.sorted(by: { $0.key < $1.key }) {
            for member in group.members {
                guard let other = all.group(with: member, besides: name) else { continue }
                reader.refuse(
                    "bad-value", "`\(member.name)` is in the group `\(other)`, too",
                    at: group.rows.path.appending(member.name), line: group.rows.line(of: member.name),
                    fix: "leave it out of one of them, or dissolve the other: `\(other): {}`")
            }
        }
        return all.members
    }

    /// Groups by name, members in the order of the file: `SYMBOL: price`, or `SYMBOL: 0.1 OTHER`.
    private mutating func underlyingGroups(
        _ model: ConfigurationSection
    ) -> [String: (members: [UnderlyingGroups.Member], rows: ConfigurationSection)] {
        let section = reader.section("underlyingGroups", of: model, keys: nil)
        if section.keys.isEmpty { reader.record(section.path, "{}", .standard) }
        var groups: [String: (members: [UnderlyingGroups.Member], rows: ConfigurationSection)] = [:]
        for name in section.keys {
            let rows = reader.section(name, of: section, keys: nil)
            if rows.keys.isEmpty { reader.record(rows.path, "{}", .file(line: rows.line ?? 0)) }
            let members = rows.keys.compactMap { key -> UnderlyingGroups.Member? in
                guard let ratio = reader.required(key, in: rows, .ratio) else { return nil }
                return member(key, ratio, rows)
            }
            checkAnchors(members, rows)
            groups[name] = (members, rows)
        }
        return groups
    }

    /// `SPY`, or `INFY/USD` where two underlyings have one symbol.
    private mutating func member(
        _ key: String, _ ratio: UnderlyingGroups.Ratio, _ rows: ConfigurationSection
    ) -> UnderlyingGroups.Member? {
        // A future's symbol begins with the separator.
        guard let slash = key.lastIndex(of: "/"), slash != key.startIndex else { return .init(key, ratio) }
        guard let currency = Currency(String(key[key.index(after: slash)...])), currency.hasISOForm else {
            reader.refuse(
                "bad-key", "`\(key)` is not a symbol with a currency", at: rows.path.appending(key),
                line: rows.line(of: key), fix: "write SYMBOL, or SYMBOL/USD with an ISO 4217 code")
            return nil
        }
        return .init(String(key[..<slash]), currency: currency, ratio)
    }

    /// What a ratio refers to is another member of the group, and that one goes by price.
    private mutating func checkAnchors(_ members: [UnderlyingGroups.Member], _ rows: ConfigurationSection) {
        for member in members {
            guard case .exact(_, let anchor) = member.ratio else { continue }
            if members.contains(where: { $0.name == anchor && $0.ratio == .price }) { continue }
            reader.refuse(
                "bad-value", "`\(anchor)`, which \(member.name) is stated in, is no member of the group by price",
                at: rows.path.appending(member.name), line: rows.line(of: member.name), fix: "add `\(anchor): price`")
        }
    }
}

extension ValueKind where Value == UnderlyingGroups.Ratio {
    /// `price`, or how many units of another member.
    static let ratio = ValueKind(
        parse: { text throws(ValueProblem) in
            if text == "price" { return .price }
            let parts = text.split(separator: " ")
            guard parts.count == 2, let value = Double(parts[0]), value.isFinite, value > 0 else {
                throw ValueProblem("takes `price`, or a positive number and another member, such as `0.1 SPX`")
            }
            return .exact(value: value, of: String(parts[1]))
        },
        show: { ratio in
            switch ratio {
            case .price: "price"
            case .exact(let value, let anchor): "\(value) \(anchor)"
            }
        })
}
