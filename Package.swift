// swift-tools-version: 6.2
import PackageDescription

// One entry per broker: brokers/<Name>/{Sources,Sandbox,Tests}. See docs/adding-a-broker.md.
let brokers = ["Tastytrade", "Fidelity"]
// Folders of a broker's tests that are not Swift: scripts that try published clients on its sandbox.
let kits = ["Tastytrade": ["Conformance"]]

typealias Dependency = Target.Dependency

func product(_ name: String, _ package: String) -> Dependency { .product(name: name, package: package) }

let logging = product("Logging", "swift-log")
let locks = product("NIOConcurrencyHelpers", "swift-nio")
let crypto = product("Crypto", "swift-crypto")
let server: [Dependency] = [
    product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOHTTP1", "swift-nio"),
    product("NIOWebSocket", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
    product("X509", "swift-certificates"), product("SwiftASN1", "swift-asn1"), crypto,
]

var targets: [Target] = [
    .systemLibrary(
        name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
        name: "CLibWebSockets", path: "Sources/CLibWebSockets", pkgConfig: "libwebsockets",
        providers: [.apt(["libwebsockets-dev"])]),
    .systemLibrary(name: "CPrefetch", path: "Sources/CPrefetch"),
    .systemLibrary(name: "CMallinfo", path: "Benchmarks/CMallinfo"),
    .target(
        name: "PortfolioModel", dependencies: ["CPrefetch"],
        resources: ["xnys", "cmes", "xbom", "mcx"].map { .embedInCode("Calendars/Data/\($0).txt") }),
    .target(name: "Pricing", dependencies: ["PortfolioModel"]),
    .target(name: "BrokerKit", dependencies: ["PortfolioModel", logging]),
    .target(name: "ReferenceData", dependencies: ["PortfolioModel", "BrokerKit"]),
    .target(
        name: "Transport",
        dependencies: ["PortfolioModel", "BrokerKit", "CCurl", "CLibWebSockets", logging, locks]),
    .target(name: "Supervision", dependencies: ["PortfolioModel", "BrokerKit", logging]),
    .target(
        name: "PortfolioStore",
        dependencies: [
            "PortfolioModel", product("GRDB", "GRDB.swift"), product("GRDBSQLite", "GRDB.swift"), crypto, logging,
        ]),
    .target(
        name: "Risk", dependencies: ["PortfolioModel", "Pricing", logging],
        resources: [.embedInCode("Scenarios/Data/stress-windows.txt")]),
    .target(name: "Alerts", dependencies: ["PortfolioModel", "Risk", logging]),
    .target(name: "Sandbox", dependencies: ["PortfolioModel", logging, locks] + server),
    .target(name: "BrokerTestKit", dependencies: ["PortfolioModel", "BrokerKit", locks]),
    .target(
        name: "Application",
        dependencies: [
            "PortfolioModel", "Pricing", "BrokerKit", "ReferenceData", "Transport", "Supervision", "PortfolioStore",
            "Risk", "Alerts", "Sandbox", logging, locks, crypto,
            product("ArgumentParser", "swift-argument-parser"), product("Yams", "Yams"),
            product("ServiceLifecycle", "swift-service-lifecycle"), product("UnixSignals", "swift-service-lifecycle"),
            product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"),
        ] + brokers.flatMap { [.target(name: $0), .target(name: "\($0)Sandbox")] }),
    .executableTarget(name: "tributary", dependencies: ["Application"]),
    .executableTarget(
        name: "TributaryBenchmarks",
        dependencies: [
            "PortfolioModel", "Pricing", "BrokerKit", "Supervision", "PortfolioStore", "Risk", "Tastytrade",
            "CMallinfo", logging,
        ], path: "Benchmarks/Sources"),
    .testTarget(name: "PortfolioModelTests", dependencies: ["PortfolioModel"]),
    .testTarget(name: "PricingTests", dependencies: ["PortfolioModel", "Pricing"], exclude: ["References"]),
    .testTarget(name: "BrokerKitTests", dependencies: ["PortfolioModel", "BrokerKit", "BrokerTestKit"]),
    .testTarget(
        name: "ReferenceDataTests", dependencies: ["PortfolioModel", "BrokerKit", "BrokerTestKit", "ReferenceData"]),
    .testTarget(
        name: "TransportTests", dependencies: ["PortfolioModel", "BrokerKit", "Transport", "Sandbox"] + server),
    .testTarget(
        name: "SupervisionTests",
        dependencies: ["PortfolioModel", "BrokerKit", "BrokerTestKit", "Supervision", logging, locks]),
    .testTarget(
        name: "PortfolioStoreTests", dependencies: ["PortfolioModel", "PortfolioStore", product("GRDB", "GRDB.swift")]),
    .testTarget(name: "RiskTests", dependencies: ["PortfolioModel", "Pricing", "Risk", "Alerts"]),
    .testTarget(name: "AlertsTests", dependencies: ["PortfolioModel", "Risk", "Alerts"]),
    .testTarget(
        name: "SandboxTests",
        dependencies: ["PortfolioModel", "Sandbox", "TastytradeSandbox", "FidelitySandbox"] + server),
    .testTarget(
        name: "ApplicationTests",
        dependencies: [
            "PortfolioModel", "BrokerKit", "ReferenceData", "Risk", "Application", "PortfolioStore", "Supervision",
            logging, locks, product("ArgumentParser", "swift-argument-parser"),
            product("ServiceLifecycle", "swift-service-lifecycle"), product("NIOCore", "swift-nio"),
            product("NIOPosix", "swift-nio"),
        ]),
    .testTarget(name: "EndToEndTests", dependencies: ["PortfolioModel", "Sandbox", "tributary", locks, crypto]),
    .testTarget(
        name: "SimulationTests",
        dependencies: [
            "PortfolioModel", "BrokerKit", "BrokerTestKit", "Supervision", "PortfolioStore", "Risk", "Alerts",
            "Tastytrade", "Fidelity", logging, locks, crypto,
        ]),
    .testTarget(name: "TidyTests"),
]

for broker in brokers {
    targets += [
        .target(
            name: broker, dependencies: ["PortfolioModel", "BrokerKit", logging], path: "brokers/\(broker)/Sources"),
        .target(
            name: "\(broker)Sandbox", dependencies: ["PortfolioModel", "Sandbox", logging, locks] + server,
            path: "brokers/\(broker)/Sandbox"),
        .testTarget(
            name: "\(broker)Tests",
            dependencies: [
                "PortfolioModel", "BrokerKit", "BrokerTestKit", "Transport", "Sandbox", .target(name: broker),
                .target(name: "\(broker)Sandbox"), logging, locks,
            ], path: "brokers/\(broker)/Tests", exclude: kits[broker] ?? [], resources: [.copy("Fixtures")]),
    ]
}

for target in targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .treatAllWarnings(as: .error),
    ]
    // Its vector arithmetic is forty times slower unoptimised, too slow for the tests of all that rests on it.
    if target.name == "Pricing" {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
}

let package = Package(
    name: "tributary",
    products: [.executable(name: "tributary", targets: ["tributary"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: targets
)
