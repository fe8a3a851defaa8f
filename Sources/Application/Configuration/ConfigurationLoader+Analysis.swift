import PortfolioModel

extension ConfigurationLoader {
    /// What analyses take as given: index, betas, sectors.
    mutating func analysis(_ root: ConfigurationSection) -> AnalysisSettings {
        let section = reader.section("analysis", of: root, keys: ["index", "betas", "sectors"])
        var analysis = AnalysisSettings()
        analysis.index = reader.value("index", in: section, .text, default: analysis.index)
        let betas = reader.section("betas", of: section, keys: nil)
        for symbol in betas.keys {
            analysis.betas[symbol] = reader.value(symbol, in: betas, .number(-20...20), default: 0)
        }
        if betas.keys.isEmpty { reader.record(betas.path, "{}", .standard) }
        let sectors = reader.section("sectors", of: section, keys: nil)
        for symbol in sectors.keys {
            analysis.sectors[symbol] = reader.value(symbol, in: sectors, .text, default: "")
        }
        if sectors.keys.isEmpty { reader.record(sectors.path, "{}", .standard) }
        return analysis
    }
}
