import Testing

/// Each rule on a sample that breaks it and on one that keeps it.
struct RuleTests {
    private func source(_ text: String, at path: String = "Sources/Risk/Sample.swift") -> SwiftSource {
        SwiftSource(path: path, text: text)
    }

    private func messages(_ rule: any Rule, _ text: String, at path: String = "Sources/Risk/Sample.swift") -> [String] {
        rule.findings(in: source(text, at: path)).map(\.message)
    }

    @Test func masker_hidesTextAndComments_butNotInterpolatedCode() {
        let text = "let a = \"try! \\(b(\"x\") + as!) end\" // fatalError(\n/* as! /* b */ */ c\nlet d = #\"e\\(f)\"#\n"
        let masked = SwiftSource(path: "a.swift", text: text)
        #expect(masked.offsets(of: "try!").isEmpty)
        #expect(masked.offsets(of: "fatalError(").isEmpty)
        #expect(masked.offsets(of: "as!").count == 1)
        #expect(masked.codeLine(1).contains("b("))
        #expect(!masked.codeLine(3).contains("f"))
        #expect(masked.code.count == text.utf8.count)
    }

    @Test func masker_hidesLiteralsOfSeveralLines() {
        let masked = source("let a = \"\"\"\n    try! \"quoted\"\n    \"\"\"\nlet b = as!\n")
        #expect(masked.offsets(of: "try!").isEmpty)
        #expect(masked.offsets(of: "as!").map(masked.line(at:)) == [4])
    }

    @Test func size_findsLongFilesLinesAndTabs() {
        let rule = SizeRule(maximumFileLines: 2, maximumFunctionLines: 70, maximumColumns: 10)
        #expect(messages(rule, "a\nb\nc\n").first?.hasPrefix("3 lines, at most 2") == true)
        #expect(messages(rule, "01234567890\n") == ["11 columns, at most 10: break the line"])
        #expect(messages(rule, "\ta\n") == ["a tab: indent with four spaces"])
        #expect(messages(rule, "a\nb\n").isEmpty)
    }

    @Test func size_countsTheWholeFunction() {
        let rule = SizeRule(maximumFunctionLines: 4)
        let long = "func f(\n    a: [Int] = [{ 1 }()]\n) -> Int\nwhere T: P {\n    if a { b }\n    return 1\n}\n"
        #expect(messages(rule, long) == ["a function of 7 lines, at most 4: give its parts names"])
        #expect(
            messages(rule, "protocol P {\n    func f()\n    func g()\n    var a: Int { get }\n}\nstruct B {\n\n\n}\n")
                .isEmpty)
        #expect(messages(rule, "init(a: Int) {\n\n\n\n}\n").count == 1)
    }

    @Test(arguments: BannedCall.table.map(\.text))
    func bannedCall_isFound(text: String) {
        let code = "let a = \(text) b\n"
        let found = BannedCallRule().findings(in: source(code))
        #expect(found.contains { $0.line == 1 && $0.message.hasPrefix("\(text) is banned: ") })
    }

    @Test(arguments: ["try! a()", "a as! B", "fatalError()", "nonisolated(unsafe) var a = 1", "a!.b", "f()!", "a[0]!"])
    func bannedCall_yieldsToAStatedReason(code: String) {
        #expect(messages(BannedCallRule(), code + "\n").count == 1)
        #expect(
            messages(BannedCallRule(), "// Safety: set once, before any thread starts,\n// and read after.\n\(code)\n")
                .isEmpty)
        #expect(messages(BannedCallRule(), "\(code)  // Safety: checked above.\n").isEmpty)
        #expect(messages(BannedCallRule(), "// Safety: far away.\n\n\(code)\n").count == 1)
    }

    @Test(arguments: ["a != b", "!a", "#if !os(Linux)", "\"wow!\"", "f(!a)", "unprint(a)", "func print(a: Int)"])
    func bannedCall_leavesOtherWordsAlone(code: String) {
        #expect(messages(BannedCallRule(), code + "\n").isEmpty)
    }

    @Test(arguments: [
        ("Sources/PortfolioModel/Time/SystemClock.swift", 0), ("Sources/Sandbox/A.swift", 0),
        ("brokers/Fidelity/Sandbox/A.swift", 0), ("Tests/RiskTests/A.swift", 0), ("brokers/Fidelity/Tests/A.swift", 0),
        ("brokers/Fidelity/Sources/A.swift", 1), ("Sources/Risk/A.swift", 1),
    ])
    func bannedCall_knowsWhoMayReadTheTime(path: String, count: Int) {
        #expect(messages(BannedCallRule(), "let now = Date()\n", at: path).count == count)
    }

    @Test(arguments: [
        ("let a = AsyncStream<Int> { _ in }", 1), ("AsyncStream(Int.self) { _ in }", 1),
        ("AsyncStream.makeStream(of: Int.self)", 1), ("AsyncThrowingStream<[A<B>], C>.makeStream()", 1),
        ("AsyncStream(Int.self, bufferingPolicy: .bufferingNewest(1)) { _ in }", 0),
        ("func f() -> AsyncStream<Int> {", 0), ("var a: AsyncStream<Int> { b }", 0),
        ("let a: AsyncStream<Int>.Continuation", 0),
    ])
    func stream_needsABound(code: String, count: Int) {
        #expect(messages(BannedCallRule(), code + "\n").filter { $0.hasPrefix("a stream") }.count == count)
    }

    @Test(arguments: ["TO" + "DO: later", "FIX" + "ME"])
    func deferredWork_isFoundInComments(mark: String) {
        #expect(messages(BannedCallRule(), "// \(mark)\n").count == 1)
    }

    @Test(arguments: [
        ("Sources/Risk/A.swift", "import GRDB", 1), ("Sources/PortfolioStore/A.swift", "package import GRDB", 0),
        ("Sources/Risk/A.swift", "package import struct Foundation.Date", 0),
        ("Sources/Risk/A.swift", "import Transport", 1),
        ("Sources/PortfolioModel/A.swift", "import Logging", 1), ("Sources/Transport/A.swift", "import CCurl", 0),
        ("Sources/Application/A.swift", "import CCurl", 1),
        ("Sources/Application/A.swift", "import FidelitySandbox", 0),
        ("Sources/Supervision/A.swift", "import Fidelity", 1), ("Sources/Unheard/A.swift", "import Logging", 1),
        ("brokers/Fidelity/Sources/A.swift", "import BrokerKit", 0),
        ("brokers/Fidelity/Sources/A.swift", "import Transport", 1),
        ("brokers/Fidelity/Sandbox/A.swift", "import Fidelity", 1),
        ("brokers/Fidelity/Sandbox/A.swift", "import NIOCore", 0),
        ("brokers/Fidelity/Tests/A.swift", "@testable import Fidelity", 0),
        ("brokers/Fidelity/Tests/A.swift", "import Tastytrade", 1), ("Tests/RiskTests/A.swift", "import GRDB", 1),
        ("Tests/PortfolioStoreTests/A.swift", "import GRDB", 0), ("Tests/RiskTests/A.swift", "// import GRDB", 0),
    ])
    func imports_followTheTable(path: String, code: String, count: Int) {
        let rule = ImportRule(brokers: ["Fidelity", "Tastytrade"])
        #expect(messages(rule, code + "\n", at: path).count == count)
    }

    @Test(arguments: [
        ("package struct A {}", 1), ("/// A.\npackage struct A {}", 0),
        ("/// A.\n@frozen\npackage final class A: B {}", 0),
        ("package indirect enum A<B> {", 1), ("package func a() {}", 0), ("struct A {}", 0),
        ("// A\npackage actor A {", 1),
    ])
    func documentation_isAskedOfTypes(code: String, count: Int) {
        #expect(messages(DocumentationRule(), code + "\n").count == count)
        #expect(messages(DocumentationRule(), code + "\n", at: "Tests/RiskTests/A.swift").isEmpty)
    }

    @Test(arguments: [
        ("see /" + "ro" + "ot/a", 1), ("at /" + "wo" + "rk/main", 1), ("in Sources/" + "wo" + "rk/a", 0),
        ("Cla" + "ude", 1), ("include", 0),
    ])
    func words_ofOneMachineAreFound(text: String, count: Int) {
        #expect(
            WordRule().findings(in: "first\n\(text)\n", path: "a.md").map(\.line) == Array(repeating: 2, count: count))
    }

    @Test func documents_areHeldToTheirClaims() {
        let text = "Run `scripts/run --headless`, then scripts/fly.\nSee docs/a.md and https://example.com/docs/b.\n"
        let there: Set<String> = ["scripts/run", "docs/a.md"]
        let found = DocumentRule().findings(in: text, path: "README.md", exists: there.contains)
        #expect(found.map(\.message) == ["scripts/fly is not there: write it, or claim what is"])
        #expect(found.map(\.line) == [1])
    }
}
