import PortfolioModel
import Risk
import Testing

struct StressWindowTests {
    @Test func standardWindows_areReadAndInOrder() {
        let windows = StressWindow.standard
        #expect(windows.count == 17)
        #expect(windows.map(\.first) == windows.map(\.first).sorted())
        #expect(windows.allSatisfy { !$0.text.isEmpty && !$0.first.isWeekend && !$0.last.isWeekend })
        let pandemic = windows.first { $0.name == "pandemic-2020" }
        #expect(pandemic?.indexMove.map { isClose($0, -0.339) } == true && pandemic?.volatilityPoints == 47.2)
        #expect(windows.first?.volatilityPoints == nil)
    }

    @Test(arguments: [
        ("a; 2020-01-01; 2020-02-01; -1; -", 1, "line"), ("\n; 2020-01-01; 2020-02-01; -1; -; x", 2, "name"),
        ("a; 2020-13-01; 2020-02-01; -1; -; x", 1, "first day"), ("a; 2020-01-01; soon; -1; -; x", 1, "last day"),
        ("a; 2020-01-01; 2020-01-01; -1; -; x", 1, "last day"), ("a; 2020-01-01; 2020-02-01; ?; -; x", 1, "index move"),
        ("a; 2020-01-01; 2020-02-01; -100; -; x", 1, "index move"),
        ("# c\na; 2020-01-01; 2020-02-01; -1; inf; x", 2, "volatility points"),
        ("a; 2020-01-01; 2020-02-01; -1; -; x\na; 2021-01-01; 2021-02-01; -1; -; x", 2, "name"),
    ])
    func file_isRefusedWithLineAndField(text: String, line: Int, field: String) {
        do {
            _ = try StressWindow.parse(text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.line == line && error.field == field && error.text.contains(": "))
        }
    }
}
