import PortfolioModel

extension ConfigurationLoader {
    /// What analyses take as given.
    mutating func analysis(_ root: ConfigurationSection) -> AnalysisSettings {
        let section = reader.section("analysis", of: root, keys: ["sectors"])
        var analysis = AnalysisSettings()
        let sectors = reader.section("sectors", of: section, keys: nil)
        for symbol in sectors.keys {
            analysis.sectors[symbol] = reader.value(symbol, in: sectors, .text, default: "")
        }
        if sectors.keys.isEmpty { reader.record(sectors.path, "{}", .standard) }
        return analysis
    }
}
