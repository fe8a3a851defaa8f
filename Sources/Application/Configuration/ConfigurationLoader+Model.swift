import PortfolioModel

extension ConfigurationLoader {
    mutating func model(_ root: ConfigurationSection) -> ModelSettings {
        let section = reader.section(
            "model", of: root, keys: ["rate", "rates", "yields", "dividends", "mcxHolidays", "underlyingGroups"])
        var model = ModelSettings()
        model.rate = reader.value("rate", in: section, .number(-0.1...1), default: model.rate)
        model.rates = fractions("rates", in: section)
        for code in model.rates.keys.sorted() where Currency(code)?.hasISOForm != true {
            reader.refuse(
                "bad-key", "`\(code)` is not a currency code", at: section.path.appending("rates").appending(code),
                line: section.line(of: "rates"), fix: "write an ISO 4217 code such as USD")
        }
        model.yields = fractions("yields", in: section)
        model.dividends = dividends(section)
        if let path = optionalPath("mcxHolidays", in: section) { model.mcxHolidays = holidays(path) }
        model.underlyingGroups = allUnderlyingGroups(section)
        return model
    }

    /// Fractions per year under names of the reader's own.
    private mutating func fractions(_ key: String, in section: ConfigurationSection) -> [String: Double] {
        let names = reader.section(key, of: section, keys: nil)
        if names.keys.isEmpty { reader.record(names.path, "{}", .standard) }
        var found: [String: Double] = [:]
        for name in names.keys { found[name] = reader.value(name, in: names, .number(-0.1...1), default: 0) }
        return found
    }

    private mutating func dividends(_ section: ConfigurationSection) -> [ModelSettings.Dividend] {
        reader.list("dividends", of: section, keys: ["symbol", "exDate", "amount"]).compactMap { row in
            let symbol = reader.required("symbol", in: row, .text)
            let exDate = reader.required("exDate", in: row, .date)
            let amount = reader.required("amount", in: row, .number(0...1e9))
            guard let symbol, let exDate, let amount else { return nil }
            return ModelSettings.Dividend(symbol: symbol, exDate: exDate, amount: amount)
        }
    }

    /// A file that cannot be used stops the start like any other mistake.
    private mutating func holidays(_ path: String) -> String? {
        do throws(ConfigurationErrors) {
            let text = try ConfigurationFile.text(path)
            do throws(CalendarDataError) { _ = try ExchangeCalendar.multiCommodity.adding(text) } catch {
                throw ConfigurationErrors([
                    ConfigurationError(
                        code: "bad-calendar", message: "not a statement of a calendar: \(error.text)", file: path,
                        line: max(1, error.line), fix: error.fix)
                ])
            }
            return text
        } catch {
            reader.adopt(error)
            return nil
        }
    }
}
