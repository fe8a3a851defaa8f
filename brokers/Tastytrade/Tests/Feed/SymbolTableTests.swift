import BrokerKit
import PortfolioModel
import Testing

@testable import Tastytrade

struct SymbolTableTests {
    /// As a dictionary of strings would, over thousands of names that share beginnings and lengths.
    @Test func find_isADictionarys_overManyNames() {
        var random = SeededGenerator(seed: 31)
        var wanted: [String: [MarketHandle]] = [:]
        for number in 0..<3000 {
            let name = ".SPY26\(Int.random(in: 10...12, using: &random))C\(Int.random(in: 1...9000, using: &random))"
            wanted[name, default: []].append(MarketHandle(number % 2900 + 1))
        }
        let table = SymbolTable(wanted)
        #expect(table.names.count == wanted.count)
        for number in 0..<9100 {
            for name in [".SPY2611C\(number)", ".SPY2612C\(number)", "SPY\(number)"] {
                let found = table.find(name)
                #expect(found.map { table.names[$0] } == (wanted[name] == nil ? nil : name))
                guard let found else { continue }
                #expect(table.places(of: found).map { table.handles[table.target(at: $0)] } == wanted[name])
            }
        }
    }

    @Test(arguments: ["", "S", "SPYX", "spy", "SPY ", "12345678", "123456789"])
    func find_isNil_whenNobodyAsked(_ name: String) {
        let table = SymbolTable(["SPY": [1], "1234567": [2], "1234567890": [3]])
        #expect(table.find(name) == nil)
        #expect(SymbolTable().find(name) == nil)
    }

    @Test func instruments_haveOneTarget_whateverTheirSymbols() {
        let table = SymbolTable(["A": [7, 8], "B": [8], "C": []])
        #expect(table.handles.sorted() == [7, 8])
        let first = table.find("A").map { table.places(of: $0).map { table.target(at: $0) } } ?? []
        let second = table.find("B").map { table.places(of: $0).map { table.target(at: $0) } } ?? []
        #expect(first.count == 2 && second.count == 1)
        #expect(first.contains(second[0]))
        #expect(table.find("C").map { table.places(of: $0).isEmpty } == true)
    }
}
