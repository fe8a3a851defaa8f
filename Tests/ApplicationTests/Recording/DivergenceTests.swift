import Testing

@testable import Application

struct DivergenceTests {
    @Test(arguments: [
        (#"{"a":1,"b":{"c":[1,2]}}"#, #"{"a":1,"b":{"c":[1,3]}}"#, "$.b.c[1]", "2", "3"),
        (#"{"a":[1]}"#, #"{"a":[1,2]}"#, "$.a[1]", "missing", "2"),
        (#"{"a":1,"b":2}"#, #"{"b":3}"#, "$.a", "1", "missing"),
        (#"{"a":1}"#, #"{"a": 1}"#, "$", "other bytes", "other bytes"),
    ])
    func difference_isNamedByItsPath(_ old: String, _ new: String, _ path: String, _ left: String, _ right: String) {
        let found = Divergence.between(old, new, in: "status", at: 4)
        #expect(
            found == Divergence(sequence: 4, document: "status", path: path, recorded: left, replayed: right))
        #expect(Divergence.between(old, old, in: "status", at: 4) == nil)
    }
}
