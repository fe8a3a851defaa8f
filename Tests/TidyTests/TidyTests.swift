import Foundation
import Testing

/// The style of the house, held against the whole tree. Each message names the place and the replacement.
struct TidyTests {
    private let tree = ProjectTree()

    private func report(_ findings: [Finding]) -> Comment {
        Comment(rawValue: "\n" + findings.map(\.description).joined(separator: "\n"))
    }

    @Test func tree_isWhereThisFileIs() throws {
        #expect(tree.exists("Package.swift"))
        #expect(try tree.swiftSources().count > 50)
    }

    @Test func sources_keepTheRulesOfTheHouse() throws {
        let rules: [any Rule] = [
            SizeRule(), BannedCallRule(), ImportRule(brokers: Set(tree.brokers())), DocumentationRule(),
        ]
        let found = try tree.swiftSources().flatMap { source in rules.flatMap { $0.findings(in: source) } }
        let count = found.count
        #expect(count == 0, report(found))
    }

    @Test func files_speakOfTheProductOnly() throws {
        let found = try tree.files().flatMap { WordRule().findings(in: try tree.text($0), path: $0) }
        let count = found.count
        #expect(count == 0, report(found))
    }

    @Test func documents_claimOnlyWhatIsThere() throws {
        let documents = tree.files().filter { $0.hasSuffix(".md") && !$0.hasPrefix("brokers/") }
        let found = try documents.flatMap {
            DocumentRule().findings(in: try tree.text($0), path: $0, exists: tree.exists)
        }
        let count = found.count
        #expect(count == 0, report(found))
    }

    @Test(arguments: ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/adding-a-broker.md", ".ci/run"])
    func house_hasItsRooms(file: String) {
        #expect(tree.exists(file))
    }

    @Test func brokers_haveTheSameAnatomy() {
        #expect(!tree.brokers().isEmpty)
        for broker in tree.brokers() {
            for part in ["README.md", "Sources", "Sandbox", "Tests", "Tests/Fixtures"] {
                #expect(tree.exists("brokers/\(broker)/\(part)"), "brokers/\(broker) needs \(part)")
            }
        }
    }

    @Test func brokers_areListedInThePackage() throws {
        let package = try tree.text("Package.swift")
        for broker in tree.brokers() { #expect(package.contains("\"\(broker)\"")) }
    }

    @Test(arguments: ["run", "test", "lint", "format", "tributary", "crash"])
    func scripts_areExecutableAndStopAtTheFirstError(name: String) throws {
        let path = tree.root.appendingPathComponent("scripts/\(name)").path
        #expect(FileManager.default.isExecutableFile(atPath: path))
        #expect(try tree.text("scripts/\(name)").contains("set -euo pipefail"))
    }

    @Test func resolvedVersions_stayOutOfTheRepository() throws {
        #expect(try tree.text(".gitignore").split(separator: "\n").contains("Package.resolved"))
        let index = tree.root.appendingPathComponent(".git/index")
        // A source archive has no index; then there is nothing to look at.
        guard let bytes = try? Data(contentsOf: index) else { return }
        #expect(bytes.range(of: Data("Package.resolved".utf8)) == nil)
    }
}
