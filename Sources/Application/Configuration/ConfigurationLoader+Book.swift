import PortfolioModel

extension ConfigurationLoader {
    mutating func declaredAccounts(_ root: ConfigurationSection) -> [DeclaredAccount] {
        var accounts: [DeclaredAccount] = []
        for row in reader.list("accounts", of: root, keys: ["broker", "number", "name", "taxStatus", "currency"]) {
            let broker = reader.required("broker", in: row, .broker)
            let number = reader.required("number", in: row, .accountNumber)
            let name = reader.optional("name", in: row, .text)
            let status: Account.TaxStatus? = reader.optional("taxStatus", in: row, .choice)
            let currency = reader.optional("currency", in: row, .currency)
            guard let broker, let number else { continue }
            let account = DeclaredAccount(
                key: AccountKey(BrokerID(broker), number), name: name, taxStatus: status, currency: currency)
            if accounts.contains(where: { $0.key == account.key }) {
                reader.refuse(
                    "duplicate", "`\(row.path)` is an account that is listed already", at: row.path, line: row.line,
                    fix: "remove one of the two")
            } else if let name, accounts.contains(where: { $0.name == name }) {
                reader.refuse(
                    "duplicate", "two accounts are called `\(name)`", at: row.path.appending("name"),
                    line: row.line(of: "name"), fix: "give each account its own name")
            }
            accounts.append(account)
        }
        return accounts
    }

    /// Portfolios name their accounts by the names given under `accounts`.
    mutating func declaredPortfolios(
        _ root: ConfigurationSection, _ accounts: [DeclaredAccount], base: Currency
    ) -> [DeclaredPortfolio] {
        let names = accounts.compactMap(\.name)
        var taken: Set<String> = []
        return reader.list("portfolios", of: root, keys: ["name", "base", "accounts"]).compactMap { row in
            let name = reader.required("name", in: row, .text)
            if let name, !taken.insert(name).inserted {
                reader.refuse(
                    "duplicate", "two portfolios are called `\(name)`", at: row.path.appending("name"),
                    line: row.line(of: "name"), fix: "give each portfolio its own name")
            }
            let currency = reader.value("base", in: row, .currency, default: base)
            let members = reader.texts("accounts", in: row)
            if Set(members).count < members.count {
                reader.refuse(
                    "duplicate", "`\(row.path)` names an account twice", at: row.path.appending("accounts"),
                    line: row.line(of: "accounts"), fix: "name each account once")
            }
            for member in members where !names.contains(member) {
                let near = EditDistance.suggestion(for: member, among: names).map { "did you mean `\($0)`?" }
                reader.refuse(
                    "unknown-account", "no account under `accounts` is called `\(member)`",
                    at: row.path.appending("accounts"), line: row.line(of: "accounts"),
                    fix: near ?? "give the account a `name` under `accounts`")
            }
            return name.map { name in
                DeclaredPortfolio(
                    name: name, base: currency,
                    accounts: accounts.filter { members.contains($0.name ?? "") }.map(\.key))
            }
        }
    }

    mutating func limits(_ root: ConfigurationSection) -> LimitSettings {
        let section = reader.section(
            "limits", of: root, keys: ["quoteSilence", "optionSpreadAbsolute", "optionSpreadRelative"])
        var limits = LimitSettings()
        limits.quoteSilence = reader.value(
            "quoteSilence", in: section, .duration(.seconds(1)...(.seconds(86_400))), default: limits.quoteSilence)
        limits.optionSpreadAbsolute = reader.value(
            "optionSpreadAbsolute", in: section, .decimal(positive: false), default: limits.optionSpreadAbsolute)
        limits.optionSpreadRelative = reader.value(
            "optionSpreadRelative", in: section, .decimal(positive: false), default: limits.optionSpreadRelative)
        return limits
    }

    /// Rates that no feed brings: one unit of `base` in units of `quote`.
    mutating func rates(_ root: ConfigurationSection) -> [FXRate] {
        reader.list("rates", of: root, keys: ["base", "quote", "rate", "asOf"]).compactMap { row in
            let base = reader.required("base", in: row, .currencyOrTicker)
            let quote = reader.required("quote", in: row, .currencyOrTicker)
            let rate = reader.required("rate", in: row, .decimal(positive: true))
            let asOf = reader.required("asOf", in: row, .instant)
            guard let base, let quote, let rate, let asOf else { return nil }
            if base == quote {
                reader.refuse(
                    "bad-value", "`\(row.path)` is a rate from \(base) to itself", at: row.path, line: row.line,
                    fix: "remove it")
            }
            if asOf > SystemClock().now().adding(.seconds(86_400)) {
                reader.refuse(
                    "bad-value", "`\(row.path)` is a rate of \(asOf.description.prefix(10)), which is to come",
                    at: row.path.appending("asOf"), line: row.line(of: "asOf"),
                    fix: "write the day on which the rate was true; it grows stale from there")
            }
            return FXRate(base: base, quote: quote, rate: rate, asOf: asOf, source: "config")
        }
    }
}
