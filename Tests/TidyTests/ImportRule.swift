/// Who may import whom: the way of the data goes one way (docs/architecture.md).
struct ImportRule: Rule {
    private static let server: Set<String> = [
        "NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket", "NIOSSL", "NIOConcurrencyHelpers", "NIOFoundationCompat",
        "X509",
        "SwiftASN1", "Crypto", "Logging",
    ]
    private static let modules: [String: Set<String>] = [
        "PortfolioModel": ["CPrefetch"],
        "Pricing": ["PortfolioModel"],
        "BrokerKit": ["PortfolioModel", "Logging"],
        "ReferenceData": ["PortfolioModel", "BrokerKit", "FoundationXML"],
        "Transport": [
            "PortfolioModel", "BrokerKit", "CCurl", "CLibWebSockets", "Logging", "NIOConcurrencyHelpers", "Dispatch",
            "Glibc",
        ],
        "Supervision": ["PortfolioModel", "BrokerKit", "Logging"],
        "PortfolioStore": ["PortfolioModel", "GRDB", "GRDBSQLite", "Crypto", "Logging", "Glibc"],
        "Risk": ["PortfolioModel", "Pricing", "Logging"],
        "Alerts": ["PortfolioModel", "Risk", "Logging"],
        "Sandbox": server.union(["PortfolioModel"]),
        "BrokerTestKit": ["PortfolioModel", "BrokerKit", "NIOConcurrencyHelpers"],
        "Application": [
            "PortfolioModel", "Pricing", "BrokerKit", "ReferenceData", "Transport", "Supervision", "PortfolioStore",
            "Risk", "Alerts", "Sandbox", "ArgumentParser", "Yams", "ServiceLifecycle", "UnixSignals", "NIOCore",
            "NIOPosix", "NIOConcurrencyHelpers", "Crypto", "Logging", "Dispatch", "Glibc",
        ],
        "tributary": ["Application"],
    ]

    /// The folders below brokers/.
    let brokers: Set<String>

    func findings(in source: SwiftSource) -> [Finding] {
        let parts = source.path.split(separator: "/").map(String.init)
        guard parts.count > 2 else { return [] }
        return imports(in: source).compactMap { line, module in
            guard let reason = objection(to: module, in: parts) else { return nil }
            return Finding(file: source.path, line: line, message: "import \(module): \(reason)")
        }
    }

    /// Why a file in the folder `parts` may not import the module; nil when it may.
    private func objection(to module: String, in parts: [String]) -> String? {
        if module == "Foundation" { return nil }
        switch (parts[0], parts[1]) {
        case ("Sources", let own):
            guard let allowed = Self.modules[own] else {
                return "\(own) is in no import table: give it a row in ImportRule.swift and docs/architecture.md"
            }
            if own == "Application", let broker = brokerModule(module), brokers.contains(broker) { return nil }
            if allowed.contains(module) { return nil }
            return
                "\(own) may import \(list(allowed)): move the code to its owner, or put a protocol between"
        case ("brokers", let own):
            return objection(to: module, inBroker: own, folder: parts[2])
        case ("Tests", let own):
            if ["CCurl", "CLibWebSockets"].contains(module) { return "tests reach the network through Transport" }
            if ["GRDB", "GRDBSQLite"].contains(module) && own != "PortfolioStoreTests" {
                return "tests reach the database through PortfolioStore"
            }
            return nil
        default: return nil
        }
    }

    private func objection(to module: String, inBroker own: String, folder: String) -> String? {
        switch folder {
        case "Sources":
            let allowed: Set<String> = ["PortfolioModel", "BrokerKit", "Logging"]
            if allowed.contains(module) { return nil }
            return
                "a broker may import \(list(allowed)): what it needs else comes in through BrokerKit's protocols"
        case "Sandbox":
            let allowed = Self.server.union(["PortfolioModel", "Sandbox"])
            if allowed.contains(module) { return nil }
            return "a simulator may import \(list(allowed)); it shares no code with the broker that it tests"
        default:
            if let broker = brokerModule(module), brokers.contains(broker), broker != own {
                return "a broker's tests know no other broker: move what is shared to BrokerTestKit"
            }
            if ["CCurl", "CLibWebSockets", "GRDB", "GRDBSQLite"].contains(module) {
                return "tests use the modules that wrap it"
            }
            return nil
        }
    }

    private func brokerModule(_ module: String) -> String? {
        module.hasSuffix("Sandbox") && module != "Sandbox" ? String(module.dropLast("Sandbox".count)) : module
    }

    private func list(_ modules: Set<String>) -> String {
        modules.union(["Foundation"]).sorted().joined(separator: ", ")
    }

    private func imports(in source: SwiftSource) -> [(Int, String)] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias", "actor"]
        return source.offsets(of: "import ").compactMap { offset in
            let line = source.line(at: offset)
            var words = source.codeLine(line).split(separator: " ")[...]
            guard let position = words.firstIndex(of: "import") else { return nil }
            let modifiers: Set<Substring> = ["package", "internal", "public", "private", "fileprivate", "@testable"]
            guard words[..<position].allSatisfy({ modifiers.contains($0) || $0.hasPrefix("@") }) else { return nil }
            words = words[(position + 1)...]
            if let kind = words.first, kinds.contains(kind) { words = words.dropFirst() }
            guard let path = words.first, let module = path.split(separator: ".").first else { return nil }
            return (line, String(module))
        }
    }
}
